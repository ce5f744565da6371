package org.afterword.drafting.internal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.StatementCheck;
import org.afterword.drafting.StatementCheck.Finding;
import org.afterword.drafting.StatementCheck.Verdict;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the check says of a text while it is typed. It changes nothing and refuses nothing. */
@RestController
class HintsApi {
    private static final int MOST_TEXTS = 20;

    /** @param texts what stands in the record's texts now, saved or not, by JSON pointer */
    record HintsBody(@Nullable Map<String, @Nullable String> texts) {}

    /**
     * @param obstacle why nothing can be checked: {@code noWords} were heard, or their {@code language} is not read; absent where it can
     */
    record HintsView(@Nullable String obstacle, List<Hint> hints) {}

    /**
     * @param pointer of the text
     * @param kind    {@code name}, {@code number}, {@code amount}, {@code date}, {@code time} or {@code address}: not heard;
     *                {@code opinion}: about the customer; {@code statement}: hardly anything bears it out
     * @param quote   the words concerned
     * @param from    where they begin in the text, in UTF-16 units
     * @param to      where they end, exclusive
     * @param turns   that come nearest, nearest first
     */
    record Hint(String pointer, String kind, String quote, int from, int to, List<Integer> turns) {}

    private final WrapUps wrapUps;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final DraftingEngine engine;
    private final Tenancy tenancy;
    private final InstantSource clock;

    HintsApi(
            WrapUps wrapUps,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            Tenancy tenancy,
            InstantSource clock) {
        this.wrapUps = wrapUps;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @PostMapping("/api/v1/wrap-ups/{id}/hints")
    HintsView hints(
            @PathVariable WrapUpId id,
            @RequestBody(required = false) @Nullable HintsBody body,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.AGENT, Role.SUPERVISOR, Role.REVIEWER, Role.ADMINISTRATOR);
        Map<String, String> texts = texts(body);
        Optional<DraftInput> input = tenancy.in(caller.tenant(), () -> input(caller, id));
        // the models think outside of any transaction
        return input.map(engine::check)
                .map(check -> view(check, texts))
                .orElseGet(() -> new HintsView("noWords", List.of()));
    }

    private Optional<DraftInput> input(Caller caller, WrapUpId id) {
        InteractionId interaction = wrapUps.get(caller, id).interactionId();
        Transcript transcript =
                conversations.transcriptsForDrafting(List.of(interaction)).get(interaction);
        return Optional.ofNullable(transcript)
                .map(found -> Inputs.of(
                        found, tenants.find(caller.tenant()).orElseThrow().zone(), catalogs.get(), clock.instant()));
    }

    private static Map<String, String> texts(@Nullable HintsBody body) {
        var texts = new TreeMap<String, String>();
        if (body != null && body.texts() != null) {
            body.texts().forEach((pointer, text) -> {
                if (text != null && !text.isBlank()) {
                    texts.put(pointer, text);
                }
            });
        }
        int length = texts.values().stream().mapToInt(String::length).sum();
        if (texts.size() > MOST_TEXTS || length > StatementCheck.LONGEST) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "%d texts of %d characters are too much: %d texts, %d characters in all."
                            .formatted(texts.size(), length, MOST_TEXTS, StatementCheck.LONGEST));
        }
        return texts;
    }

    private static HintsView view(StatementCheck check, Map<String, String> texts) {
        var hints = new ArrayList<Hint>();
        texts.forEach((pointer, text) -> check.of(text).stream()
                .filter(finding -> finding.verdict() != Verdict.SUPPORTED)
                .forEach(finding -> hints.addAll(hints(pointer, text, finding))));
        return new HintsView(check.obstacle(), hints);
    }

    private static List<Hint> hints(String pointer, String text, Finding finding) {
        if (finding.parts().isEmpty()) {
            String quote = text.substring(finding.from(), finding.to());
            return List.of(new Hint(pointer, "statement", quote, finding.from(), finding.to(), finding.turns()));
        }
        return finding.parts().stream()
                .map(part -> new Hint(pointer, part.kind(), part.text(), part.from(), part.to(), finding.turns()))
                .toList();
    }
}
