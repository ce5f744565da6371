package org.afterword.drafting.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The contacts whose records people confirmed: learned from what is completed or revised, and kept in memory, the latest of
 * each tenant.
 */
@Component
class Examples implements EventConsumer {
    /** Bounds memory to about 8 MB for each tenant (384 floats an example). */
    private static final int KEPT = 5000;

    private final DraftRepository drafts;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final DraftingEngine engine;
    private final Embedder embedder;
    private final Map<TenantId, ConfirmedExamples> known = new ConcurrentHashMap<>();

    Examples(
            DraftRepository drafts,
            Conversations conversations,
            Catalogs catalogs,
            TenantDirectory tenants,
            DraftingEngine engine,
            Embedder embedder) {
        this.drafts = drafts;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.engine = engine;
        this.embedder = embedder;
    }

    /** In the running transaction. */
    ConfirmedExamples of(TenantId tenant) {
        return known.computeIfAbsent(tenant, id -> new ConfirmedExamples(drafts.examples(id, embedder.model(), KEPT)));
    }

    @Override
    public String consumerName() {
        return "drafting";
    }

    @Override
    public void consume(TenantId tenant, List<DomainEvent> events) {
        for (DomainEvent event : events) {
            if (event.type().equals("wrapup.completed") || event.type().equals("wrapup.revised")) {
                learn(tenant, event);
            }
        }
    }

    private void learn(TenantId tenant, DomainEvent event) {
        JsonNode record = event.data().path("record");
        JsonNode disposition = record.path("disposition");
        List<String> reasons = record.path("reasons")
                .valueStream()
                .map(reason -> reason.asString(""))
                .toList();
        if (event.interactionId() == null || (!disposition.isString() && reasons.isEmpty())) {
            return;
        }
        conversations.transcript(new InteractionId(event.interactionId())).ifPresent(transcript -> {
            var input = Inputs.of(transcript, tenants.find(tenant).orElseThrow().zone(), catalogs.get(), event.at());
            if (input.heard()) {
                var example = new Example(
                        engine.fingerprint(input), disposition.isString() ? disposition.asString() : null, reasons);
                drafts.putExample(tenant, new WrapUpId(event.subject()), event.at(), embedder.model(), example);
                known.remove(tenant);
            }
        });
    }
}
