package org.afterword.delivery.internal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/webhooks")
class WebhooksApi {
    private static final List<String> USUAL_EVENTS = List.of("wrapup.completed");

    /** All of them: a tenant's webhooks are few enough for one answer. */
    record WebhookList(List<WebhookView> items) {}

    record WebhookView(String id, String url, List<String> events, boolean enabled, Instant createdAt) {
        static WebhookView of(Connector.Webhook webhook) {
            return new WebhookView(
                    webhook.id(),
                    webhook.url().toString(),
                    webhook.eventTypes().stream().sorted().toList(),
                    webhook.enabled(),
                    webhook.createdAt());
        }
    }

    /** @param events completed records alone if absent */
    record NewWebhook(@Nullable String url, @Nullable List<String> events) {}

    /** @param secret to check signatures with; shown this once */
    record CreatedWebhook(String secret, @JsonUnwrapped WebhookView webhook) {}

    private final Connectors connectors;

    WebhooksApi(Connectors connectors) {
        this.connectors = connectors;
    }

    @GetMapping
    WebhookList list(@AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return new WebhookList(connectors.listWebhooks(caller.tenant()).stream()
                .map(WebhookView::of)
                .toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CreatedWebhook create(@RequestBody NewWebhook wanted, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        List<String> events = wanted.events() == null ? USUAL_EVENTS : wanted.events();
        Connector.Webhook created = connectors.createWebhook(caller, wanted.url(), events);
        return new CreatedWebhook(created.secret().text(), WebhookView.of(created));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        connectors.removeWebhook(caller, id);
    }

    @PostMapping("/{id}/test")
    TestResult test(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return TestResult.of(connectors.test(caller, id));
    }
}
