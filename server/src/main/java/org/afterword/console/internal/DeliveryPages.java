package org.afterword.console.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.afterword.delivery.Deliveries;
import org.afterword.delivery.Delivery;
import org.afterword.identity.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What left for other systems, and what does not arrive there. */
@Controller
class DeliveryPages {
    private static final int PAGE = 100;

    private final Deliveries deliveries;

    DeliveryPages(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GetMapping("/admin/deliveries")
    String deliveries(
            @AuthenticationPrincipal Caller caller,
            @RequestParam Delivery.@Nullable State state,
            @RequestParam @Nullable String before,
            Model model) {
        Place.DELIVERIES.admit(caller);
        List<Delivery> found = deliveries.list(caller.tenant(), new Delivery.Filter(state, null, before, PAGE));
        String more = found.size() < PAGE
                ? null
                : address(state) + (state == null ? "?" : "&") + "before="
                        + found.getLast().id();
        model.addAttribute(
                "deliveries",
                new DeliveriesView(
                        states(state),
                        found.stream().map(DeliveriesView.Row::of).toList(),
                        more));
        return "admin/deliveries";
    }

    private static List<Page.Link> states(Delivery.@Nullable State shown) {
        return Stream.concat(
                        Stream.of(new Page.Link(address(null), "All", shown == null)),
                        Arrays.stream(Delivery.State.values())
                                .map(state -> new Page.Link(address(state), word(state), state == shown)))
                .toList();
    }

    private static String address(Delivery.@Nullable State state) {
        return Place.DELIVERIES.path() + (state == null ? "" : "?state=" + state);
    }

    private static String word(Delivery.State state) {
        return switch (state) {
            case PENDING -> "Not in yet";
            case DELIVERED -> "Delivered";
            case FAILED -> "Gave up";
        };
    }
}
