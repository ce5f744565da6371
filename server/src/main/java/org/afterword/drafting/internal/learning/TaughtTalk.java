package org.afterword.drafting.internal.learning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.afterword.drafting.internal.learning.TaggedLine.Value;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a confirmed contact in which the values of one form are known.
 *
 * @param id of the record
 */
public record TaughtTalk(String id, List<TaggedLine> lines) {
    public TaughtTalk {
        lines = List.copyOf(lines);
    }

    /** How many words there are. */
    public int words() {
        return lines.stream().mapToInt(line -> line.words().length).sum();
    }

    /** How many values a tagger misses or finds too many; all of them without one. */
    int wrongBy(@Nullable FieldTagger tagger) {
        int wrong = 0;
        for (TaggedLine line : lines) {
            Set<Value> known = certain(line.values());
            Set<Value> found = tagger == null ? Set.of() : certain(tagger.tag(line.words()));
            long both = found.stream().filter(known::contains).count();
            wrong += (int) (known.size() + found.size() - 2 * both);
        }
        return wrong;
    }

    /** Without how sure each is, so that they can be compared. */
    private static Set<Value> certain(List<Value> values) {
        var certain = new HashSet<Value>();
        values.forEach(one -> certain.add(new Value(one.field(), one.from(), one.to(), 1)));
        return certain;
    }
}
