package org.afterword.analytics;

import java.time.Instant;
import java.util.List;
import org.afterword.analytics.internal.AcwFigures;
import org.afterword.analytics.internal.LeakRepository;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;

/** Reports on after-call work. Agents see their own figures, and nobody else's. */
public final class Reports {
    private final AcwFigures figures;
    private final LeakRepository leaks;
    private final Tenancy tenancy;

    public Reports(AcwFigures figures, LeakRepository leaks, Tenancy tenancy) {
        this.figures = figures;
        this.leaks = leaks;
        this.tenancy = tenancy;
    }

    /**
     * @throws ProblemException FORBIDDEN if the caller's role reads no reports, INVALID if {@code query} asks for more rows
     *     than anybody reads
     */
    public AcwReport acw(Caller caller, AcwQuery query) {
        AgentId only = agentWhoIsLimitedToItself(caller);
        return tenancy.in(caller.tenant(), () -> {
            tenancy.planByArguments();
            AcwRow totals = figures.totals(query, only);
            List<AcwRow> rows = figures.rows(query, only).stream()
                    .sorted(query.sort().comparator())
                    .toList();
            return new AcwReport(query.from(), query.to(), query.groupBy(), query.zone(), "signedIn", rows, totals);
        });
    }

    /**
     * How tight the gate has been from {@code from} on, a full quarter of an hour such as midnight.
     *
     * @throws ProblemException FORBIDDEN if the caller does not watch the floor
     */
    public GateFigures gate(Caller caller, Instant from) {
        caller.require(Role.SUPERVISOR, Role.ADMINISTRATOR);
        return tenancy.in(caller.tenant(), () -> leaks.since(from));
    }

    private static @Nullable AgentId agentWhoIsLimitedToItself(Caller caller) {
        if (caller.role() == Role.AGENT && caller.agentId() != null) {
            return caller.agentId();
        }
        caller.require(
                Role.SUPERVISOR, Role.COACH, Role.PLANNER, Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER, Role.REVIEWER);
        return null;
    }
}
