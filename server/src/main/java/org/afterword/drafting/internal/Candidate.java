package org.afterword.drafting.internal;

import java.util.List;
import org.afterword.drafting.Evidence;

/**
 * A value that a field could have.
 *
 * @param place when it came up: places in the talk, later ones larger
 * @param fit   how well the words around it fit the field; compared within one source only
 */
record Candidate(String field, String value, int place, Source source, double fit, List<Evidence> evidence) {

    /** How sure it is that the field has this value. */
    double confidence() {
        return source == Source.LEARNED ? fit : source.confidence;
    }

    /** How the value is known, least reliable first; with the share that was right on SGD train, rounded. */
    enum Source {
        /** The customer said it. */
        STATED(0.6),
        /** The customer answered a question for it. */
        ANSWERED(0.75),
        /** A tagger found it that confirmed records taught; {@link Candidate#fit} is how sure it is. */
        LEARNED(Double.NaN),
        /** The agent offered it, and the customer took it. */
        ACCEPTED(0.7),
        /** The agent read it back, and the customer agreed. */
        CONFIRMED(0.85),
        /** The agent entered it in another system. */
        ENTERED(0.93);

        private final double confidence;

        Source(double confidence) {
            this.confidence = confidence;
        }

        boolean isFirm() {
            return this == ACCEPTED || this == CONFIRMED || this == ENTERED;
        }
    }
}
