package org.afterword.drafting.internal.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence of one turn.
 *
 * @param text   as it stands there, trimmed
 * @param from   where it begins in the turn's text
 * @param tokens with places relative to {@code text}
 */
public record Sentence(String text, int from, List<Token> tokens) {
    private static final Pattern END = Pattern.compile("[.!?]+[\"')\\]]*(?=\\s|$)|\\R+");
    private static final Pattern ABBREVIATION = Pattern.compile(
            "(?i)(?:^|[\\s(])(?:dr|mr|mrs|ms|st|ave|ste|no|vs|jr|sr|approx|dept|e\\.g|i\\.e|[a-z]|[ap]\\.m)$");

    /*
     * Speech comes without punctuation. Where a long turn has none, a new sentence is taken to begin at phrases that
     * hardly ever stand in the middle of one.
     */
    private static final Pattern SPOKEN_START = Pattern.compile(
            "(?<=\\s)(?:(?:so )?is there (?:anything|something) else|anything else (?:i|that)|how (?:can|may) i help|"
                    + "thank you for calling|my name is|what(?:'s| is| are)|which (?:one|account|card|day)|"
                    + "i(?:'d| would) like|i(?:'m| am) (?:calling|looking|trying)|i (?:need|want|lost|have a)|"
                    + "(?:can|could|would) you|do you (?:want|have|need)|(?:please )?confirm)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final int LONG_IN_WORDS = 10;

    /** What goes on longer is cut between words: no statement of people is that long, and reading stays linear. */
    private static final int LONGEST = 400;

    public static List<Sentence> allIn(String turn) {
        var sentences = new ArrayList<Sentence>();
        Matcher end = END.matcher(turn);
        int start = 0;
        while (end.find()) {
            boolean abbreviated = end.group().equals(".")
                    && ABBREVIATION.matcher(turn.substring(start, end.start())).find();
            if (!abbreviated) {
                add(sentences, turn, start, end.end());
                start = end.end();
            }
        }
        add(sentences, turn, start, turn.length());
        return List.copyOf(sentences);
    }

    /** How far {@code token} stands from the beginning of the turn. */
    public int inTurn(int place) {
        return from + place;
    }

    public boolean isQuestion() {
        return text.endsWith("?") || QUESTION_START.matcher(text).find();
    }

    private static final Pattern QUESTION_START = Pattern.compile(
            "(?i)^(?:(?:okay|ok|and|so|um|uh|alright|sure|great|but|please)[,\\s]+)*"
                    + "(?:what|when|where|which|who|whom|whose|why|how (?:much|many|can|may|about|long|do)|is (?:there|this|that|it)|are (?:you|there)|"
                    + "do you|does|did you|can you|could you|would you|will you|shall i|should i|may i|can i|have you)\\b");

    private static void add(List<Sentence> sentences, String turn, int from, int to) {
        String piece = turn.substring(from, to);
        if (Token.allIn(piece).size() > LONG_IN_WORDS) {
            Matcher start = SPOKEN_START.matcher(piece);
            int begin = 0;
            while (start.find()) {
                if (!piece.substring(begin, start.start()).isBlank()
                        && unpunctuated(piece.substring(begin, start.start()))) {
                    addTrimmed(sentences, turn, from + begin, from + start.start());
                    begin = start.start();
                }
            }
            addTrimmed(sentences, turn, from + begin, to);
        } else {
            addTrimmed(sentences, turn, from, to);
        }
    }

    private static boolean unpunctuated(String piece) {
        return piece.chars().noneMatch(c -> c == ',' || c == ';' || Character.isUpperCase(c));
    }

    private static int wholeCharacter(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static void addTrimmed(List<Sentence> sentences, String turn, int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end && Character.isWhitespace(turn.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(turn.charAt(end - 1))) {
            end--;
        }
        if (end - begin > LONGEST) {
            int cut = turn.lastIndexOf(' ', begin + LONGEST);
            int at = cut > begin ? cut : wholeCharacter(turn, begin + LONGEST);
            addTrimmed(sentences, turn, begin, at);
            addTrimmed(sentences, turn, at, end);
        } else if (begin < end) {
            String text = turn.substring(begin, end);
            List<Token> tokens = Token.allIn(text);
            if (!tokens.isEmpty()) {
                sentences.add(new Sentence(text, begin, tokens));
            }
        }
    }
}
