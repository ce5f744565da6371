package org.afterword.console.internal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;

/** The places of the navigation, in its order, and whose they are. */
enum Place {
    PANEL("/panel", "Panel", Role.AGENT),
    FLOOR("/floor", "Floor", Role.SUPERVISOR, Role.ADMINISTRATOR),
    REPORTS(
            "/reports/acw",
            "Reports",
            Role.SUPERVISOR,
            Role.REVIEWER,
            Role.COACH,
            Role.PLANNER,
            Role.ADMINISTRATOR,
            Role.COMPLIANCE_OFFICER),
    RECORDS("/records", "Records", role -> role == Role.AGENT || role.readsRecords()),
    DRAFTS("/admin/drafts", "Drafts", Role.ADMINISTRATOR),
    REJECTED_EVENTS("/admin/events", "Rejected events", Role.ADMINISTRATOR),
    DELIVERIES("/admin/deliveries", "Deliveries", Role.ADMINISTRATOR),
    API("/docs/api", "API", Role.ADMINISTRATOR);

    private final String path;
    private final String label;
    private final Predicate<Role> opensTo;

    Place(String path, String label, Role first, Role... others) {
        this(path, label, EnumSet.of(first, others)::contains);
    }

    Place(String path, String label, Predicate<Role> opensTo) {
        this.path = path;
        this.label = label;
        this.opensTo = opensTo;
    }

    static List<Place> of(Role role) {
        return Arrays.stream(values()).filter(place -> place.opensTo.test(role)).toList();
    }

    String path() {
        return path;
    }

    String label() {
        return label;
    }

    /** @throws ProblemException FORBIDDEN unless the caller's role has this place */
    void admit(Caller caller) {
        caller.requireThat(opensTo.test(caller.role()));
    }
}
