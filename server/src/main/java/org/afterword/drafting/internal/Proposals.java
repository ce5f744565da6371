package org.afterword.drafting.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Draft;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of a draft stands, in the shape of a record: claims whose check found their evidence, a disposition only if it is sure enough. */
public final class Proposals {
    private Proposals() {}

    public static ObjectNode of(Draft draft) {
        ObjectNode record = Json.object();
        text(record, "summary", draft.summary());
        text(record, "issue", draft.issue());
        text(record, "resolutionText", draft.resolutionText());
        codes(record, "reasons", draft.reasons());
        texts(record, "actions", draft.actions());
        texts(record, "nextSteps", draft.nextSteps());
        standing(draft.resolution()).ifPresent(resolution -> record.put("resolution", resolution));
        if (draft.disposition() != null && draft.disposition().fills()) {
            standing(draft.disposition().claim()).ifPresent(code -> record.put("disposition", code));
        }
        codes(record, "tags", draft.tags());
        draft.fields()
                .forEach((name, claim) -> standing(claim)
                        .ifPresent(value -> object(record, "fields").put(name, value)));
        draft.checklist()
                .forEach((item, claim) -> standing(claim)
                        .ifPresent(tick -> object(record, "checklist").put(item, tick)));
        standing(draft.sentiment()).ifPresent(sentiment -> record.set("sentiment", Json.tree(sentiment)));
        draft.followUps()
                .forEach(claim -> standing(claim)
                        .ifPresent(followUp -> object(record, "followUps").set(claim.id(), Json.tree(followUp))));
        return record;
    }

    /** The value of a claim that its check left standing. */
    private static <T> Optional<T> standing(@Nullable Claim<T> claim) {
        return claim == null || claim.check() != Claim.Check.SUPPORTED
                ? Optional.empty()
                : Optional.ofNullable(claim.value());
    }

    private static void text(ObjectNode record, String name, Draft.Statements statements) {
        String text = statements.statements().stream()
                .flatMap(claim -> standing(claim).stream())
                .collect(Collectors.joining(" "));
        if (!text.isEmpty()) {
            record.put(name, text);
        }
    }

    private static void codes(ObjectNode record, String name, List<Claim<String>> claims) {
        ArrayNode codes = Json.mapper().createArrayNode();
        claims.stream().flatMap(claim -> standing(claim).stream()).forEach(codes::add);
        if (!codes.isEmpty()) {
            record.set(name, codes);
        }
    }

    private static void texts(ObjectNode record, String name, List<Claim<String>> claims) {
        claims.forEach(claim ->
                standing(claim).ifPresent(text -> object(record, name).put(claim.id(), text)));
    }

    private static ObjectNode object(ObjectNode record, String name) {
        return record.get(name) instanceof ObjectNode there ? there : record.putObject(name);
    }
}
