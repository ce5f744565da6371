package org.afterword.drafting.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Sentence;
import org.afterword.drafting.internal.language.Token;

/**
 * The words of a contact as the parts of a draft read them: moves of agent and customer in turn, each of some sentences.
 */
final class Talk {
    /** What one side says until the other one takes over. */
    record Move(int index, Speaker speaker, List<Line> lines) {
        boolean has(Cue cue) {
            return lines.stream().anyMatch(line -> line.has(cue));
        }

        boolean byAgent() {
            return speaker == Speaker.AGENT;
        }

        boolean byCustomer() {
            return speaker == Speaker.CUSTOMER;
        }
    }

    /** Marks for what was not heard or not kept: {@code [noise]}, {@code <unk>}, {@code [card number]}. Blanked in place. */
    private static final Pattern NOISE = Pattern.compile("\\[[a-z_ ]{1,30}]|<[a-z_ ]{1,30}>");

    private static final Set<String> BACKCHANNEL =
            Set.of("okay", "ok", "mhm", "mm", "hmm", "uh", "um", "huh", "alright", "right", "yeah", "oh", "i", "see");

    private final List<Line> lines;
    private final List<Move> moves;

    private Talk(List<Line> lines) {
        this.lines = List.copyOf(lines);
        this.moves = moves(lines);
    }

    static Talk of(DraftInput input) {
        var lines = new ArrayList<Line>();
        for (Turn turn : input.turns()) {
            if (turn.speaker() != Speaker.SYSTEM) {
                lines.addAll(read(turn, day(turn, input)));
            }
        }
        return new Talk(lines);
    }

    List<Line> lines() {
        return lines;
    }

    List<Move> moves() {
        return moves;
    }

    List<Line> customerLines() {
        return lines.stream().filter(Line::byCustomer).toList();
    }

    List<Line> agentLines() {
        return lines.stream().filter(Line::byAgent).toList();
    }

    /** Whether a line answers a question for a detail: "I'll leave on Friday" is no request then. */
    boolean answersDetail(Line line) {
        return moves.stream()
                .filter(move -> move.index() > 0 && move.lines().contains(line))
                .flatMap(move -> moves.get(move.index() - 1).lines().stream())
                .anyMatch(asked -> asked.sentence().isQuestion()
                        && !asked.has(Cue.ANYTHING_ELSE)
                        && DETAIL.matcher(asked.lower()).find());
    }

    private static final Pattern DETAIL = Pattern.compile(
            "\\b(?:when|what|which|where|who|until|how (?:many|much|long))\\b(?!.*\\b(?:help|assist|do for)\\b)");

    private static List<Line> read(Turn turn, LocalDate today) {
        String audible =
                NOISE.matcher(turn.text()).replaceAll(m -> " ".repeat(m.group().length()));
        return Sentence.allIn(audible).stream()
                .map(s -> new Line(turn, s, Mentions.in(s.text(), today), Cue.in(s.text())))
                .toList();
    }

    private static LocalDate day(Turn turn, DraftInput input) {
        return turn.time() == null
                ? input.referenceDate()
                : turn.time().atZone(input.zone()).toLocalDate();
    }

    private static List<Move> moves(List<Line> lines) {
        var moves = new ArrayList<Move>();
        var current = new ArrayList<Line>();
        for (Line line : lines) {
            boolean change = !current.isEmpty()
                    && current.getLast().turn().speaker() != line.turn().speaker();
            if (change && line.byAgent() && isBackchannel(line)) {
                continue;
            }
            if (change) {
                moves.add(move(moves.size(), current));
                current.clear();
            }
            current.add(line);
        }
        if (!current.isEmpty()) {
            moves.add(move(moves.size(), current));
        }
        return List.copyOf(moves);
    }

    private static Move move(int index, List<Line> lines) {
        return new Move(index, lines.getFirst().turn().speaker(), List.copyOf(lines));
    }

    private static boolean isBackchannel(Line line) {
        return line.tokens().stream().map(Token::lower).allMatch(BACKCHANNEL::contains);
    }
}
