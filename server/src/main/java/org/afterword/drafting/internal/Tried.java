package org.afterword.drafting.internal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the customer says of whether it works, once it was tried. */
final class Tried {
    private static final Pattern WORKS = Pattern.compile(
            "\\b(?:it|that|this|everything)(?:'s| is| has been| seems)(?: now| all| finally| again| just)* (?:working|fixed|solved|sorted)\\b"
                    + "|\\b(?:it|everything)(?: now| finally| all)? (?:works|worked)(?: out)?(?: now| again| fine| perfectly| well)*\\s*(?:$|[.,!;]|thank)"
                    + "|\\b(?:that|this) (?:worked(?: out| perfectly)?\\s*(?:$|[.,!;]|thank)|works (?:now|again))"
                    + "|\\b(?:now|again) (?:it |everything )works\\b|\\bworks (?:now|again)\\b|\\bproblem(?:'s| is| was)(?: now)? (?:solved|fixed|gone)\\b");

    /** Wishes, questions and what was once. */
    private static final Pattern NO_REPORT = Pattern.compile(
            "\\b(?:how|whether|if|want|wanted|need|needs|get|like|hope|until|before|yesterday|last|used to|but|except|works? for (?:me|us))\\b");

    /** Whoever does not work is no machine, and another problem is another matter. */
    private static final Pattern BROKEN = Pattern.compile(
            "(?<!\\bi )(?<!\\bwe )\\b(?:doesn't|does not|don't|do not|didn't|did not|isn't|is not|won't|will not|not|never|still can't|still cannot|still can not) (?:\\w+ )?"
                    + "(?:work|works|worked|working|help|helped|function|functioning)\\b"
                    + "|\\b(?:still|again)(?: \\w+){0,3} (?:same|error|problem|issue|message)\\b|\\b(?:get|got|getting|gives|shows) (?:me )?(?:the )?same (?:\\w+ )?(?:error|problem|issue|message)\\b"
                    + "|\\bsame (?:\\w+ )?(?:error|problem|issue|message) (?:again|still|appears|comes)\\b"
                    + "|\\bstill (?:not|no|doesn't|don't|can't|cannot|isn't|won't|unable)\\b|\\bnothing (?:happens|happened|works|worked|helps|helped)\\b");

    private Tried() {}

    /** The last that was said of it after the agent had answered; a question says nothing. */
    static Optional<Line> last(Talk talk) {
        List<Line> lines = talk.lines();
        return lines.stream().dropWhile(line -> !line.byAgent()).toList().reversed().stream()
                .filter(line -> line.byCustomer() && !line.sentence().isQuestion())
                .filter(line -> works(line) || BROKEN.matcher(line.lowerText()).find())
                .findFirst();
    }

    static boolean works(Line line) {
        String said = line.lowerText();
        return WORKS.matcher(said).find()
                && !BROKEN.matcher(said).find()
                && !NO_REPORT.matcher(said).find();
    }
}
