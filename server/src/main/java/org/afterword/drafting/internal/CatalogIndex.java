package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Reason;
import org.afterword.catalog.Tag;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.language.Stems;
import org.jspecify.annotations.Nullable;

/** The codes of one catalog with their words in a form that talk can be compared with. Made once per catalog version. */
record CatalogIndex(List<Entry> reasons, List<Entry> dispositions, List<TagWords> tags, Map<String, Double> rarity) {

    /** @param meaning of the description; null = the tag has none */
    record TagWords(
            String code, Set<String> stems, @Nullable Vector meaning) {}

    /**
     * One code to choose.
     *
     * @param callTypes the call types it belongs to; empty = any
     * @param meaning   of its label and description
     * @param theme     of the call type it belongs to; null = none or several
     * @param stems     of all these words
     * @param names     code and label as words
     * @param fields    names of its call types' form fields, as words
     * @param outcome   that its words name; null = none
     */
    record Entry(
            String code,
            Set<String> callTypes,
            Vector meaning,
            @Nullable Vector theme,
            Set<String> stems,
            Set<String> names,
            Set<String> fields,
            @Nullable Outcome outcome) {}

    static CatalogIndex of(Catalog catalog, Embedder embedder) {
        var reasons = new ArrayList<Entry>();
        for (Reason reason : catalog.reasons()) {
            Set<String> types = reason.callType() == null ? Set.of() : Set.of(reason.callType());
            reasons.add(entry(reason.code(), reason.label(), reason.description(), types, catalog, embedder));
        }
        var dispositions = new ArrayList<Entry>();
        for (Disposition disposition : catalog.leafDispositions()) {
            dispositions.add(entry(
                    disposition.code(),
                    disposition.label(),
                    disposition.description(),
                    Set.copyOf(disposition.callTypes()),
                    catalog,
                    embedder));
        }
        List<TagWords> tags =
                catalog.tags().stream().map(tag -> tagWords(tag, embedder)).toList();
        return new CatalogIndex(reasons, dispositions, tags, rarity(reasons, dispositions));
    }

    private static Entry entry(
            String code,
            String label,
            @Nullable String description,
            Set<String> callTypes,
            Catalog catalog,
            Embedder embedder) {
        String words = description == null ? label : label + ". " + description;
        String theme = callTypes.size() == 1
                ? catalog.findCallType(callTypes.iterator().next())
                        .map(CatalogIndex::words)
                        .orElse(null)
                : null;
        return new Entry(
                code,
                callTypes,
                embedder.embed(List.of(words)).getFirst(),
                theme == null ? null : embedder.embed(List.of(theme)).getFirst(),
                Stems.of(theme == null ? words : words + " " + theme),
                Stream.of(code, label).map(Names::words).collect(Collectors.toUnmodifiableSet()),
                callTypes.stream()
                        .flatMap(type -> catalog.fieldsOf(Set.of(type)).stream())
                        .map(field -> Names.words(field.name()))
                        .collect(Collectors.toUnmodifiableSet()),
                Outcome.named(label, description));
    }

    private static TagWords tagWords(Tag tag, Embedder embedder) {
        String description = tag.description();
        return new TagWords(
                tag.code(),
                Stems.of(tag.label()),
                description == null
                        ? null
                        : embedder.embed(List.of(description)).getFirst());
    }

    private static String words(CallType type) {
        return type.description() == null ? type.label() : type.label() + ". " + type.description();
    }

    /** How much it says that a word was used: 0 if every code has it, 1 if one alone does. */
    private static Map<String, Double> rarity(List<Entry> reasons, List<Entry> dispositions) {
        var counts = new HashMap<String, Integer>();
        Stream.concat(reasons.stream(), dispositions.stream())
                .forEach(e -> e.stems().forEach(stem -> counts.merge(stem, 1, Integer::sum)));
        double total = Math.max(2, reasons.size() + dispositions.size());
        var rarity = new HashMap<String, Double>();
        counts.forEach((stem, count) -> rarity.put(stem, Math.log(total / count) / Math.log(total)));
        return Map.copyOf(rarity);
    }
}
