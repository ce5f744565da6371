package org.afterword.drafting.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.afterword.catalog.Checklist;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.language.Stems;

/** Ticks what the checklist asks for and evidence shows; what is not there is not ticked. */
final class Ticks {
    /** Cosine from which two sentences say the same. Paraphrases of one sentence lie above, other sentences of the trade below. */
    private static final double SAME = 0.68;

    private static final double SAME_WORDS = 0.8;
    private static final int MOST_EVIDENCE = 3;

    private final Situation situation;
    private final Embedder embedder;
    private final Draft draft;

    /** @param draft the other parts, for items that a part ticks */
    Ticks(Situation situation, Embedder embedder, Draft draft) {
        this.situation = situation;
        this.embedder = embedder;
        this.draft = draft;
    }

    Map<String, Claim<Boolean>> of(Checklist checklist) {
        var ticks = new LinkedHashMap<String, Claim<Boolean>>();
        for (Checklist.Item item : checklist.items()) {
            String id = "checklist/" + item.code();
            Optional<Claim<Boolean>> tick =
                    byAction(id, item).or(() -> byWords(id, item)).or(() -> byPart(id, item));
            boolean unheard = !item.said().isEmpty() && !situation.input().heard();
            tick.or(() -> unheard ? Optional.of(Claim.<Boolean>notHeard(id)) : Optional.empty())
                    .ifPresent(claim -> ticks.put(item.code(), claim));
        }
        return ticks;
    }

    private Optional<Claim<Boolean>> byAction(String id, Checklist.Item item) {
        List<String> names = item.actions().stream().map(Names::words).toList();
        return situation.input().actions().stream()
                .filter(action -> names.contains(Names.words(action.name())))
                .map(DesktopAction::id)
                .findFirst()
                .map(action -> Claim.of(id, true, 1.0, List.of(new Evidence.Action(action))));
    }

    private Optional<Claim<Boolean>> byWords(String id, Checklist.Item item) {
        for (String sentence : item.said()) {
            Set<String> words = Stems.of(sentence);
            Vector meaning = embedder.embed(List.of(sentence)).getFirst();
            for (Line line : situation.talk().agentLines()) {
                Set<String> said = Stems.of(line.tokens());
                long shared = words.stream().filter(said::contains).count();
                boolean sameWords = !words.isEmpty() && shared >= SAME_WORDS * words.size();
                double likeness = sameWords
                        ? 1
                        : embedder.embed(List.of(line.text())).getFirst().cosine(meaning);
                if (likeness >= SAME) {
                    return Optional.of(Claim.of(id, true, Math.min(0.95, likeness), List.of(line.quote())));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Claim<Boolean>> byPart(String id, Checklist.Item item) {
        if (item.part() == null) {
            return Optional.empty();
        }
        List<? extends Claim<?>> part = partOf(item.part());
        List<Evidence> evidence = part.stream()
                .filter(claim -> claim.check() == Claim.Check.SUPPORTED)
                .flatMap(claim -> claim.evidence().stream())
                .distinct()
                .limit(MOST_EVIDENCE)
                .toList();
        double confidence = part.stream().mapToDouble(Claim::confidence).max().orElse(0);
        return evidence.isEmpty() ? Optional.empty() : Optional.of(Claim.of(id, true, confidence, evidence));
    }

    private List<? extends Claim<?>> partOf(String part) {
        return switch (part) {
            case "summary" -> draft.summary().statements();
            case "issue" -> draft.issue().statements();
            case "resolutionText" -> draft.resolutionText().statements();
            case "actions" -> draft.actions();
            case "nextSteps" -> draft.nextSteps();
            case "reasons" -> draft.reasons();
            case "tags" -> draft.tags();
            case "followUps" -> draft.followUps();
            case "fields" -> List.copyOf(draft.fields().values());
            case "disposition" ->
                draft.disposition() == null || !draft.disposition().fills()
                        ? List.of()
                        : List.of(draft.disposition().claim());
            case "resolution" -> draft.resolution() == null ? List.of() : List.of(draft.resolution());
            case "sentiment" -> draft.sentiment() == null ? List.of() : List.of(draft.sentiment());
            default -> List.of();
        };
    }
}
