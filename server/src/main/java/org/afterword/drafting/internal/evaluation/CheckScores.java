package org.afterword.drafting.internal.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.EvaluationReport.Figure;
import org.afterword.drafting.StatementCheck;
import org.afterword.drafting.StatementCheck.Finding;
import org.afterword.drafting.StatementCheck.Part;
import org.afterword.drafting.StatementCheck.Verdict;
import org.afterword.drafting.internal.evaluation.LabelledContact.Judged;
import org.afterword.drafting.internal.evaluation.Planter.Kind;
import org.afterword.drafting.internal.language.Sentence;

/**
 * How good {@link StatementCheck} is: whether it doubts what people found wrong, whether it finds errors that are planted into true
 * statements, and how often it marks those as they were. The statements are what people wrote of a contact, else the draft's own.
 */
final class CheckScores {
    /** A statement that people wrote, or a draft, with the contact that it is about. */
    private record Written(int contact, String text, boolean byPeople) {}

    private final RankScore wrong = new RankScore("check: doubts what is wrong more than what is right (AUC)");
    private final RankScore invented = new RankScore("check: doubts what is made up more than the rest (AUC)");
    private final Share opinions = new Share("check: statements marked as opinions");
    private final Share doubted = new Share("check: true statements marked, facts aside");
    private final Share falseAlarms = new Share("check: true statements marked for a fact");
    private final List<Set<String>> talks = new ArrayList<>();
    private final List<StatementCheck> checks = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private final int seed;

    /** @param seed by which errors are drawn */
    CheckScores(int seed) {
        this.seed = seed;
    }

    void add(LabelledContact contact, DraftInput input, Draft draft, StatementCheck check) {
        int number = checks.size();
        talks.add(Planter.words(Stream.concat(
                        input.turns().stream().map(DraftInput.Turn::text),
                        input.actions().stream().flatMap(action -> action.parameters().values().stream()))
                .collect(Collectors.joining(" "))));
        checks.add(check);
        List<String> summaries = Objects.requireNonNullElse(contact.truth().summaries(), List.of());
        boolean byPeople = !summaries.isEmpty();
        (byPeople ? summaries.stream() : own(draft))
                .flatMap(text -> Sentence.allIn(text).stream())
                .map(Sentence::text)
                .forEach(statement -> written.add(new Written(number, statement, byPeople)));
        List<Judged> judged = contact.truth().judged();
        if (judged != null) {
            wrong.nextContact();
            invented.nextContact();
            for (Judged text : judged) {
                double doubt = doubt(check.of(text.text()));
                wrong.add(doubt, !text.right());
                invented.add(doubt, text.invented());
            }
        }
    }

    private static Stream<String> own(Draft draft) {
        return Stream.of(draft.summary(), draft.issue(), draft.resolutionText())
                .flatMap(text -> text.statements().stream())
                .filter(claim -> claim.check() == Claim.Check.SUPPORTED)
                .map(claim -> Objects.requireNonNull(claim.value()))
                .distinct();
    }

    /** That not all of its statements are so, if each of them fails by itself. */
    private static double doubt(List<Finding> findings) {
        return 1 - findings.stream().mapToDouble(finding -> 1 - finding.doubt()).reduce(1, (one, other) -> one * other);
    }

    List<Figure> figures() {
        var planter = new Planter();
        written.forEach(one -> planter.learn(one.text(), talks.get(one.contact())));
        var random = new Random(seed);
        Map<Kind, Share> found = new EnumMap<>(Kind.class);
        Map<Kind, Share> alarms = new EnumMap<>(Kind.class);
        var all = new Share("check: planted errors found");
        for (Kind kind : Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT) + "s";
            found.put(kind, new Share("check: planted " + name + " found"));
            alarms.put(kind, new Share("check: true statements with " + name + " marked for one"));
        }
        for (Written one : written) {
            StatementCheck check = checks.get(one.contact());
            if (check.obstacle() != null) {
                continue;
            }
            Set<String> talk = talks.get(one.contact());
            List<Part> alarmed = check.missing(one.text());
            falseAlarms.add(!alarmed.isEmpty());
            for (Kind kind : Kind.values()) {
                planter.plant(one.text(), kind, talk, random).ifPresent(planted -> {
                    boolean isFound = check.missing(planted.text()).stream()
                            .anyMatch(part -> part.from() < planted.to() && planted.from() < part.to());
                    Objects.requireNonNull(found.get(kind)).add(isFound);
                    all.add(isFound);
                });
                if (Planter.values(one.text(), talk).stream().anyMatch(value -> value.kind() == kind)) {
                    Objects.requireNonNull(alarms.get(kind))
                            .add(alarmed.stream()
                                    .anyMatch(part ->
                                            part.kind().equals(kind.name().toLowerCase(Locale.ROOT))));
                }
            }
            if (one.byPeople()) {
                List<Finding> findings = check.of(one.text());
                opinions.add(findings.stream().anyMatch(finding -> finding.verdict() == Verdict.OPINION));
                doubted.add(findings.stream()
                        .anyMatch(finding -> finding.verdict() == Verdict.UNSUPPORTED
                                && finding.parts().isEmpty()));
            }
        }
        return Stream.of(
                        Stream.of(wrong.figure(), invented.figure(), all.figure()),
                        found.values().stream().map(Share::figure),
                        Stream.of(falseAlarms.figure()),
                        alarms.values().stream().map(Share::figure),
                        Stream.of(doubted.figure(), opinions.figure()))
                .flatMap(figures -> figures)
                .flatMap(Optional::stream)
                .toList();
    }
}
