package org.afterword.drafting.internal;

import java.time.Instant;
import java.util.List;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.learning.Features;

/** One contact as every part of a draft reads it: the input, its talk, what it is about, and the catalog to name that with. */
record Situation(DraftInput input, Talk talk, Gist gist, CatalogIndex index, Vector fingerprint) {

    static Situation of(DraftInput input, CatalogIndex index, Embedder embedder) {
        Talk talk = Talk.of(input);
        Gist gist = Gist.of(talk, embedder);
        return new Situation(input, talk, gist, index, gist.fingerprint(embedder.dimensions()));
    }

    /** What was noted of a contact, read as talk; each piece of it tells something, however short. */
    static Situation ofNotes(DraftInput said, CatalogIndex index, Embedder embedder) {
        Talk talk = Talk.of(said);
        Gist gist = Gist.ofAll(talk, embedder);
        return new Situation(said, talk, gist, index, gist.fingerprint(embedder.dimensions()));
    }

    /** What a learned ranking looks at. */
    Features features() {
        return LookedAt.in(this);
    }

    /** What had been said when the action was done; everything if times are not known. */
    List<Line> before(DesktopAction action) {
        Instant done = action.time();
        return talk.lines().stream()
                .filter(line -> done == null
                        || line.turn().time() == null
                        || !line.turn().time().isAfter(done))
                .toList();
    }
}
