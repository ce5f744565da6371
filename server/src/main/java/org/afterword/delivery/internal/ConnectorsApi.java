package org.afterword.delivery.internal;

import java.util.List;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/connectors")
class ConnectorsApi {
    /** All of them: a tenant's connectors are few enough for one answer. */
    record ConnectorList(List<ConnectorView> items) {}

    /** What is absent stays as it is. */
    record Change(@Nullable Boolean enabled, @Nullable Settings settings) {}

    /** As {@link Change}, for webhooks. */
    record Settings(@Nullable String url, @Nullable List<String> events) {}

    private final Connectors connectors;

    ConnectorsApi(Connectors connectors) {
        this.connectors = connectors;
    }

    @GetMapping
    ConnectorList list(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return new ConnectorList(
                connectors.list(caller.tenant()).stream().map(ConnectorView::of).toList());
    }

    @GetMapping("/{id}")
    ConnectorView get(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return ConnectorView.of(connectors.get(caller.tenant(), id));
    }

    @PutMapping("/{id}")
    ConnectorView configure(
            @PathVariable String id, @RequestBody Change change, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        Connector known = connectors.get(caller.tenant(), id).connector();
        boolean enabled = change.enabled() == null ? known.enabled() : change.enabled();
        Settings settings = change.settings() == null ? new Settings(null, null) : change.settings();
        return ConnectorView.of(
                switch (known) {
                    case Connector.Webhook webhook ->
                        connectors.configureWebhook(
                                caller,
                                id,
                                enabled,
                                settings.url() == null ? webhook.url().toString() : settings.url(),
                                settings.events() == null ? List.copyOf(webhook.eventTypes()) : settings.events());
                    case Connector.JsonLines _ -> {
                        if (settings.url() != null || settings.events() != null) {
                            throw ProblemException.invalid("#/settings", "the JSON Lines file has none");
                        }
                        yield connectors.configureJsonLines(caller, enabled);
                    }
                });
    }

    @PostMapping("/{id}/test")
    TestResult test(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return TestResult.of(connectors.test(caller, id));
    }
}
