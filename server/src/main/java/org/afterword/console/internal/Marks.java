package org.afterword.console.internal;

import java.util.ArrayList;
import java.util.List;
import org.afterword.console.internal.Mark.Evidence;
import org.afterword.drafting.Claim;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells where each part of a record comes from: by the record's provenance where there is a value, by the draft's claims where
 * there is none.
 */
final class Marks {
    private final ObjectNode provenance;
    private final boolean ended;

    /** @param ended whether confirmations stand; those of a record that was taken back do not */
    Marks(ObjectNode provenance, boolean ended) {
        this.provenance = provenance;
        this.ended = ended;
    }

    /** Whether somebody typed or emptied the part, or it is filled. */
    boolean isTouched(String pointer) {
        return provenance.has(pointer);
    }

    /** @param claim what the draft says of the part; null if it says nothing */
    Mark of(String pointer, @Nullable Claim<?> claim) {
        return of(pointer, claim == null ? List.of() : List.of(claim));
    }

    /** Of a part that several claims make up; it is as certain as the least certain of them. */
    Mark of(String pointer, List<? extends Claim<?>> claims) {
        boolean drafted = provenance.path(pointer).has("draftId");
        return switch (provenance.path(pointer).path("status").asString("")) {
            case "" -> absent(claims);
            case "typed" -> new Mark(Sign.TYPED, null, List.of());
            case "confirmed" ->
                ended
                        ? new Mark(Sign.CONFIRMED, null, drafted ? evidence(claims) : List.of())
                        : drafted
                                ? new Mark(Sign.MACHINE, confidence(claims), evidence(claims))
                                : new Mark(Sign.TYPED, null, List.of());
            default -> new Mark(Sign.MACHINE, confidence(claims), evidence(claims));
        };
    }

    /** Of one drafted sentence of a text that still stands as it was drafted. */
    static Mark ofStatement(Claim<?> claim) {
        Sign sign = claim.check() == Claim.Check.SUPPORTED ? Sign.MACHINE : Sign.NO_EVIDENCE;
        return new Mark(sign, claim.confidence(), evidence(List.of(claim)));
    }

    private static Mark absent(List<? extends Claim<?>> claims) {
        return claims.stream()
                .map(claim -> switch (claim.check()) {
                    case NOT_HEARD -> new Mark(Sign.NOT_HEARD, null, List.of());
                    case UNSUPPORTED, OPINION, STRUCK ->
                        new Mark(Sign.NO_EVIDENCE, claim.confidence(), evidence(List.of(claim)));
                    case SUPPORTED -> Mark.NONE;
                })
                .filter(mark -> mark.sign() != null)
                .findFirst()
                .orElse(Mark.NONE);
    }

    private static @Nullable Double confidence(List<? extends Claim<?>> claims) {
        return claims.stream()
                .filter(claim -> claim.check() == Claim.Check.SUPPORTED)
                .map(Claim::confidence)
                .min(Double::compare)
                .orElse(null);
    }

    private static List<Evidence> evidence(List<? extends Claim<?>> claims) {
        var places = new ArrayList<Evidence>();
        for (Claim<?> claim : claims) {
            claim.evidence().stream().map(Marks::place).forEach(places::add);
        }
        return places.stream().distinct().toList();
    }

    private static Evidence place(org.afterword.drafting.Evidence evidence) {
        return switch (evidence) {
            case org.afterword.drafting.Evidence.Quote quote ->
                new Evidence.Words(quote.turn(), quote.from(), quote.to());
            case org.afterword.drafting.Evidence.Action action -> new Evidence.Action(action.actionId());
            case org.afterword.drafting.Evidence.Note note ->
                new Evidence.Note(note.wrapUpId(), note.from(), note.to());
        };
    }
}
