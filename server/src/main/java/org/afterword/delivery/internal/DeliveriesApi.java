package org.afterword.delivery.internal;

import java.util.List;
import org.afterword.delivery.Deliveries;
import org.afterword.delivery.Delivery;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveriesApi {
    private static final int LARGEST_PAGE = 500;

    /** @param next the cursor of the page after this one; null = there is none */
    record DeliveryPage(List<Delivery> items, @Nullable String next) {}

    private final Deliveries deliveries;

    DeliveriesApi(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Newest first. */
    @GetMapping
    DeliveryPage list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String wrapUpId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit,
            @AuthenticationPrincipal Caller caller) {
        requireReader(caller);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ProblemException.invalid("#/limit", "must be 1 to %d, not %d".formatted(LARGEST_PAGE, limit));
        }
        // one more than wanted tells whether there is a next page
        var filter = new Delivery.Filter(stateOf(state), wrapUpId, cursor, limit + 1);
        List<Delivery> found = deliveries.list(caller.tenant(), filter);
        return found.size() <= limit
                ? new DeliveryPage(found, null)
                : new DeliveryPage(found.subList(0, limit), found.get(limit - 1).id());
    }

    @GetMapping("/{id}")
    Delivery get(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        requireReader(caller);
        return deliveries.get(caller.tenant(), id);
    }

    @PostMapping("/{id}/retry")
    Delivery retry(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        return deliveries.retry(caller, id);
    }

    private static void requireReader(Caller caller) {
        caller.require(Role.ADMINISTRATOR, Role.SUPERVISOR, Role.COMPLIANCE_OFFICER, Role.INTEGRATION);
    }

    private static Delivery.@Nullable State stateOf(@Nullable String state) {
        return state == null ? null : ProblemException.parse("#/state", () -> Delivery.State.parse(state));
    }
}
