package org.afterword.drafting.internal.prose;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.afterword.catalog.Catalogs;
import org.afterword.drafting.Draft;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** A tenant's language model: sets it up, tries it, and tells what it took. */
final class LanguageModels {
    private static final String SUBJECT = "language-model:settings";

    private final LanguageModelRepository models;
    private final Ledger ledger;
    private final Breaker breaker;
    private final Writer writer;
    private final AllowedHosts allowedHosts;
    private final Catalogs catalogs;
    private final TenantDirectory tenants;
    private final Tenancy tenancy;
    private final Trail trail;
    private final InstantSource clock;

    LanguageModels(
            LanguageModelRepository models,
            Ledger ledger,
            Breaker breaker,
            Writer writer,
            AllowedHosts allowedHosts,
            Catalogs catalogs,
            TenantDirectory tenants,
            Tenancy tenancy,
            Trail trail,
            InstantSource clock) {
        this.models = models;
        this.ledger = ledger;
        this.breaker = breaker;
        this.writer = writer;
        this.allowedHosts = allowedHosts;
        this.catalogs = catalogs;
        this.tenants = tenants;
        this.tenancy = tenancy;
        this.trail = trail;
        this.clock = clock;
    }

    /** @param restsUntil of this node; null where it does not rest */
    record Shown(
            LanguageModel model,
            Ledger.Taken taken,
            @Nullable Instant restsUntil) {}

    /** @throws ProblemException NOT_FOUND if there is none */
    Shown get(TenantId tenant) {
        return tenancy.in(tenant, () -> shown(tenant, find()));
    }

    private Shown shown(TenantId tenant, LanguageModel model) {
        return new Shown(
                model,
                ledger.taken(tenant),
                breaker.restsUntil(tenant, model, clock.instant()).orElse(null));
    }

    private LanguageModel find() {
        return models.find().orElseThrow(() -> ProblemException.notFound("language model", "settings"));
    }

    /** @throws ProblemException INVALID naming everything that cannot be taken */
    Shown put(Caller caller, WantedModel wanted) {
        ModelSettings settings = wanted.settings(allowedHosts);
        return tenancy.in(caller.tenant(), () -> {
            models.lock();
            Optional<LanguageModel> before = models.find();
            var model = new LanguageModel(settings, key(wanted, settings.url(), before), clock.instant());
            models.put(model);
            trail.record(caller, "language-model.changed", SUBJECT, details(model, before));
            return shown(caller.tenant(), model);
        });
    }

    /** What is known of the key goes on for the same place alone: who does not know a key must not have it sent to them. */
    private static @Nullable ApiKey key(WantedModel wanted, URI url, Optional<LanguageModel> before) {
        if (wanted.key() != null) {
            return wanted.key().isEmpty()
                    ? null
                    : ProblemException.parse("#/key", () -> new ApiKey(Objects.requireNonNull(wanted.key())));
        }
        ApiKey known = before.map(LanguageModel::key).orElse(null);
        if (known != null && !place(before.orElseThrow().settings().url()).equals(place(url))) {
            throw ProblemException.invalid("#/key", "is required where the address changes");
        }
        return known;
    }

    private static String place(URI url) {
        return url.getScheme() + "://" + url.getAuthority();
    }

    private static Map<String, Object> details(LanguageModel model, Optional<LanguageModel> before) {
        var details = new LinkedHashMap<String, Object>();
        details.put("settings", model.settings());
        details.put("hasKey", model.key() != null);
        details.put(
                "keyChanged",
                !Objects.equals(model.key(), before.map(LanguageModel::key).orElse(null)));
        return details;
    }

    /** Has it write of a made-up contact, switched on or not. Counts like any other. */
    Writing test(Caller caller) {
        LanguageModel model = tenancy.in(caller.tenant(), () -> {
            LanguageModel found = find();
            trail.record(caller, "language-model.tested", SUBJECT, Map.of());
            return found;
        });
        return writer.write(caller.tenant(), model, madeUp(caller.tenant()), Draft.none());
    }

    private DraftInput madeUp(TenantId tenant) {
        var zone = tenants.find(tenant).orElseThrow().zone();
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        return new DraftInput(
                new DraftInput.Contact("voice", "inbound", null, null, null, null, null),
                List.of(
                        DraftInput.Turn.of(0, Speaker.AGENT, "Good morning, how can I help you?"),
                        DraftInput.Turn.of(1, Speaker.CUSTOMER, "Please send me the invoice of last month again."),
                        DraftInput.Turn.of(2, Speaker.AGENT, "I have sent the invoice of last month again.")),
                List.of(),
                true,
                zone,
                today,
                tenancy.in(tenant, catalogs::get));
    }
}
