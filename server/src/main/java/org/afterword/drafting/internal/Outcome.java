package org.afterword.drafting.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What became of a contact, roughly. Dispositions tell theirs by their words ("Booked", "Booking failed", "Search only"), the
 * contact by what was done and said; the two have to agree.
 */
enum Outcome {
    /** Something was changed as the customer wished. */
    DONE,
    /** It was tried and did not work. */
    FAILED,
    /** The customer was told something, and nothing was changed. */
    TOLD,
    /** Somebody else goes on with it. */
    PASSED_ON,
    /** Something was promised for later. */
    PROMISED;

    private static final Pattern FAILURE = Pattern.compile(
            "\\b(?:fail(?:ed|ure)?|unable|refused|rejected|declined|unavailable|not (?!needed|only)\\w+|no resolution|unresolved|could not|unsuccessful)\\b");
    private static final Pattern TELLING = Pattern.compile(
            "\\b(?:only|told|given|gave|recommended|information|inquiry|answered|explained|advised|nothing (?:was )?\\w+)\\b");
    private static final Pattern TELLING_AT_LENGTH = Pattern.compile(
            "\\b(?:(?:was|were) (?:told|given|informed|advised)|gave the information|nothing (?:was|is) \\w+|none was)\\b");
    private static final Pattern PASSING_ON =
            Pattern.compile("\\b(?:escalated|passed|handed|transferred to|forwarded)\\b");
    private static final Pattern PROMISE = Pattern.compile("\\b(?:promised|follow-?up|callback|call back|later)\\b");
    private static final Pattern DEED = Pattern.compile(
            "\\b(?:booked|reserved|made|ordered|bought|sent|replaced|transferred|changed|cancell?ed|updated|refunded|started|created|entered|scheduled|"
                    + "confirmed|solved|resolved|fixed|completed|done|opened|closed|issued|waived|paid|sold|activated|renewed|reset)\\b");

    /** What a disposition stands for by its label, then by its description; null = its words do not tell. */
    static @Nullable Outcome named(String label, @Nullable String description) {
        Outcome byLabel = in(label.toLowerCase(Locale.ROOT), TELLING);
        return byLabel != null || description == null
                ? byLabel
                : in(description.toLowerCase(Locale.ROOT), TELLING_AT_LENGTH);
    }

    private static @Nullable Outcome in(String words, Pattern telling) {
        if (PROMISE.matcher(words).find()) {
            return PROMISED;
        }
        if (PASSING_ON.matcher(words).find()) {
            return PASSED_ON;
        }
        if (telling.matcher(words).find()) {
            return TOLD;
        }
        if (FAILURE.matcher(words).find()) {
            return FAILED;
        }
        return DEED.matcher(words).find() ? DONE : null;
    }

    /** What a contact came to, and what shows it; null where nobody did or answered anything yet. */
    record Seen(@Nullable Outcome outcome, List<Evidence> evidence) {}

    /** What the talk and the actions so far amount to. */
    static Seen of(Situation situation) {
        Line decisive = situation.talk().agentLines().reversed().stream()
                .filter(line -> line.has(Cue.ESCALATED) || line.has(Cue.FAILED) || line.has(Cue.DONE))
                .filter(line -> !line.sentence().isQuestion())
                .findFirst()
                .orElse(null);
        List<Evidence> said = decisive == null ? List.of() : List.of(decisive.quote());
        if (decisive != null && decisive.has(Cue.ESCALATED)) {
            return new Seen(PASSED_ON, said);
        }
        List<DesktopAction> tried = situation.input().actions().stream()
                .filter(ActionsTaken::changedSomething)
                .toList();
        List<Evidence> done = tried.stream()
                .filter(action -> !isRefused(action, situation))
                .<Evidence>map(action -> new Evidence.Action(action.id()))
                .toList();
        if (!done.isEmpty()) {
            return new Seen(DONE, done);
        }
        if (decisive != null && decisive.has(Cue.DONE) && tried.isEmpty()) {
            return new Seen(DONE, said);
        }
        if (situation.input().actions().isEmpty()
                && situation.talk().agentLines().isEmpty()) {
            return new Seen(null, List.of());
        }
        boolean failed = !tried.isEmpty() || (decisive != null && decisive.has(Cue.FAILED));
        return new Seen(failed ? FAILED : TOLD, said);
    }

    /** The last thing that the agent said had not worked, unless something worked after it. */
    static Optional<Line> lastFailure(Situation situation) {
        List<Line> lines = situation.talk().lines();
        int failed = lastOf(lines, line -> isReport(line, Cue.FAILED) && !line.has(Cue.DONE) && !isRule(line));
        int done = lastOf(lines, line -> isReport(line, Cue.DONE));
        boolean mended = situation.input().actions().stream()
                .filter(ActionsTaken::changedSomething)
                .filter(action ->
                        action.time() != null && situation.before(action).size() > failed)
                .anyMatch(action -> !isRefused(action, situation));
        return failed < 0 || done > failed || mended ? Optional.empty() : Optional.of(lines.get(failed));
    }

    /** What nobody can do was not tried: "you can't pay with that". */
    private static final Pattern RULE =
            Pattern.compile("\\b(?:you|customers|users|people|if|when|whenever)\\b[^,]*\\b(?:can not|cannot|can't)\\b");

    private static boolean isRule(Line line) {
        return RULE.matcher(line.lowerText()).find();
    }

    private static boolean isReport(Line line, Cue cue) {
        return line.byAgent() && line.has(cue) && !line.sentence().isQuestion();
    }

    private static int lastOf(List<Line> lines, Predicate<Line> which) {
        return IntStream.range(0, lines.size())
                .filter(i -> which.test(lines.get(i)))
                .max()
                .orElse(-1);
    }

    static boolean isRefused(DesktopAction action, Situation situation) {
        return refusal(action, situation).isPresent();
    }

    /** What the agent said of it next, if that was that it had not worked. */
    static Optional<Line> refusal(DesktopAction action, Situation situation) {
        if (action.time() == null) {
            return Optional.empty();
        }
        int before = situation.before(action).size();
        return situation.talk().lines().stream()
                .skip(before)
                .filter(Line::byAgent)
                .filter(line -> line.has(Cue.FAILED) || line.has(Cue.DONE))
                .findFirst()
                .filter(line -> line.has(Cue.FAILED) && !line.has(Cue.DONE));
    }
}
