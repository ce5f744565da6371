package org.afterword.drafting.internal;

import java.util.List;
import org.afterword.drafting.Evidence;

/**
 * A code with what speaks for it.
 *
 * @param confidence that it is one of the contact's codes, 0 to 1
 * @param order      where it first came up, as {@link Gist.Point#order}
 * @param evidence   strongest first
 */
record Vote(String code, double confidence, int order, List<Evidence> evidence) {
    Vote {
        confidence = Math.clamp(confidence, 0, 1);
        evidence = List.copyOf(evidence);
    }

    Vote atMost(double most) {
        return new Vote(code, Math.min(most, confidence), order, evidence);
    }

    boolean byAction() {
        return evidence.stream().anyMatch(Evidence.Action.class::isInstance);
    }

    /** How much it is what the contact is about, rather than what came up later. */
    double asMain() {
        return confidence * Math.pow(Gist.FADE, order);
    }
}
