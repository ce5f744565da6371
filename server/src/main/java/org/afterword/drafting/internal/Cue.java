package org.afterword.drafting.internal;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a sentence does in a talk, told by its set phrases. A sentence may do several things, or none of these. */
enum Cue {
    /** Agrees with what was just said. */
    YES(
            "^(?:(?:oh|ok|okay|well|um|uh|and),? )*(?:yes|yeah|yep|yup|ya|sure|correct|right|exactly|absolutely|definitely|of course|"
                    + "perfect|great|awesome|excellent|wonderful|fine|please do|go ahead|go for it|ok|okay|alright|"
                    + "i confirm|confirmed|you are (?:right|correct)|you got it|good)\\b"
                    + "|\\b(?:that|this|it|they|he|she) (?:is|are|was|would be|will be|seems?|sounds?|looks?|'s) (?:all )?(?:just )?(?:very |really |quite )?"
                    + "(?:right|correct|fine|good|great|perfect|nice|wonderful|cool|ok|okay|awesome)\\b"
                    + "|\\bthat'?s (?:all )?(?:right|correct|fine|good|great|perfect|nice|wonderful|cool|ok|okay|awesome)\\b"
                    + "|\\bsounds? (?:very |really |like a )?(?:good|great|perfect|nice|wonderful|lovely|plan)\\b"
                    + "|\\b(?:that|this|it|which) (?:works|suits|will work|will do|does|would work)\\b"
                    + "|\\bi(?:'ll| will) (?:take|go with) (?:it|that|this|them)\\b|\\bi (?:like|love) (?:it|that|this|them)\\b"),
    /** Refuses what was just offered. */
    NO(
            "^(?:(?:oh|ok|okay|well|um|uh|sorry|actually),? )*(?:no|nope|nah|never ?mind|not (?:right )?now|not (?:at|for) th(?:e|is) moment|not (?:yet|today|really))\\b"
                    + "|\\bi (?:do not|don't|won't|would not|wouldn't) (?:want|need|like|wish|think so)\\b"
                    + "|\\bi(?:'m| am)(?: going to)? (?:wait|hold off|think about it)\\b"),
    /** Wants something else than what was offered. */
    OTHER("\\b(?:else|another|others?|different|instead|alternatives?|anything more|change (?:that|it|the)|rather)\\b"),
    /** The agent reads back what was understood. */
    READ_BACK(
            "\\bconfirm\\b(?!ed)|\\b(?:is|are) (?:that|this|it|these|those|they|everything) (?:\\w+ )?(?:right|correct|ok|okay|accurate)\\b"
                    + "|\\b(?:right|correct|yes)\\?$|^(?:\\w+,? )?(?:so|alright|okay)?,? ?(?:you|you'd|you would|you're|you are) (?:\\w+ )?(?:want|need|like|would like|wish|looking|will be|going)\\b"
                    + "|\\b(?:to|let me) (?:verify|double[- ]check|make sure|repeat)\\b|\\bdo i have (?:that|it|this) right\\b"),
    /** The agent proposes something to choose. */
    OFFER(
            "\\b(?:found|recommend|suggest|there(?:'s| is| are|re)|how about|what about|what do you think|would you like|do you want|do you like|"
                    + "i have (?:an?|one|the|\\d+)|we have|available|options?|you (?:may|might|could|can) (?:like|enjoy|try|check|choose|consider|want)|"
                    + "interested in|check ?out|opinion|perhaps|another one|also)\\b"),
    /** The agent says that something was done. */
    DONE(
            "\\b(?:i|we)(?:'ve| have|'re| are)?(?: just| now| also| already| successfully)* "
                    + "(?:booked|reserved|transferred|scheduled|completed|finished|made|sent|bought|purchased|added|created|updated|changed|"
                    + "cancell?ed|refunded|reset|replaced|ordered|opened|closed|submitted|processed|placed|fixed|resolved|registered|activated|"
                    + "issued|credited|waived|removed|corrected|enrolled|renewed|extended|upgraded|shipped|mailed|emailed|paid|set (?:it |that |this |you )?up|"
                    + "got you (?:all )?(?:set|scheduled|booked|set up)|taken care)\\b"
                    + "|\\b(?:has|have|had|is|are|was|were)(?: now| all| been| being| just| already| successfully)* "
                    + "(?:booked|reserved|transferred|scheduled|completed?|made|sent|bought|purchased|added|created|updated|changed|cancell?ed|"
                    + "refunded|reset|replaced|ordered|opened|closed|submitted|processed|placed|fixed|resolved|registered|activated|issued|"
                    + "credited|waived|removed|corrected|confirmed|successful|successfully|set up|done|paid|renewed|extended|on (?:its|the) way)\\b"
                    + "|\\b(?:you(?:'re| are)?|got you|is|are) (?:now )?all set\\b|\\b(?:is|are|been|it|that|appointment) all (?:booked|reserved|scheduled)\\b|\\ball (?:done|set up)\\b|\\bon (?:its|the|their) way\\b|\\bwas (?:a )?success"),
    /** The agent says that something did not work. */
    FAILED(
            "\\b(?:could not|couldn't|unable to|not able to|wasn't able|weren't able|can not|cannot|can't|failed|unsuccessful|did not (?:go|work)|didn't (?:go|work))\\b"
                    + "|\\b(?:was|were|is|has been) (?:declined|rejected|denied)\\b|\\bthere (?:is|was|has been|seems to be) an? (?:problem|error|issue)\\b"
                    + "|\\bno (?:longer )?(?:table|seat|room|ticket|slot|appointment|car|flight)s? (?:is|are|was|were)? ?(?:left|available)\\b"),
    /** The agent hands the contact to somebody else. */
    ESCALATED(
            "\\bescalat(?:e|ed|ing)\\b"
                    + "|\\b(?:transfer(?:ring)?|connect(?:ing)?|put(?:ting)?|pass(?:ing)?|forward(?:ing)?|hand(?:ing)?) (?:you|your (?:call|case|request|issue)|this|it|the (?:call|case))"
                    + "(?: \\w+){0,2} (?:to|with) (?:\\w+ ){0,3}(?:supervisor|manager|specialist|department|team|colleague|expert|representative|agent|someone|somebody|technician|desk)\\b"),
    /** The agent asks whether there is more. */
    ANYTHING_ELSE(
            "\\b(?:anything|something|nothing) (?:else|more|further)\\b|\\bany(?:thing)? other (?:help|assistance|way|requests?|questions?)\\b"
                    + "|\\b(?:additional|more|further) (?:help|assistance)\\b|\\bhelp you (?:with )?(?:any )?(?:more|further)\\b|\\bfurther assist"),
    /** The customer is content with what there is. */
    FINISHED(
            "\\bthat(?:'s|'ll be| is| was| will be| would be|'d be)? (?:going to be )?(?:all|it|everything)\\b(?! (?:correct|right|good|about))"
                    + "|\\bnothing (?:else|more|further)\\b|\\bi(?:'m| am|'d)? ?(?:am )?(?:all set|all good|good for now|good now|done)\\b|\\bwe(?:'re| are) all set\\b"
                    + "|\\ball (?:that )?i (?:need|needed|wanted|want)\\b|\\bneed nothing\\b|\\b(?:don't|do not) need anything (?:else|more)\\b|\\bno(?:pe)?,? (?:i think )?(?:i'm good|thanks|thank you)\\b"),
    THANKS("\\b(?:thanks?|thank you|appreciate|grateful)\\b"),
    GOODBYE(
            "\\b(?:bye|goodbye|have a (?:\\w+ )?(?:\\w+ )?(?:day|one|night|evening|time|weekend|trip)|take care|see you)\\b"),
    GREETING("^(?:hi|hello|hey|good (?:morning|afternoon|evening)|welcome)\\b");

    private final Pattern pattern;

    Cue(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    static Set<Cue> in(String sentence) {
        String lower = sentence.toLowerCase(Locale.ROOT).replace('’', '\'').strip();
        var cues = EnumSet.noneOf(Cue.class);
        for (Cue cue : values()) {
            if (cue.pattern.matcher(lower).find()) {
                cues.add(cue);
            }
        }
        return cues;
    }
}
