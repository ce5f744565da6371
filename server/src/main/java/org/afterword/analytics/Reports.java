package org.afterword.analytics;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.afterword.analytics.internal.AcwFigures;
import org.afterword.analytics.internal.EffectRepository;
import org.afterword.analytics.internal.LeakRepository;
import org.afterword.analytics.internal.RestRepository;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;

/** Reports on after-call work. Agents see their own figures, and nobody else's. */
public final class Reports {
    private static final Duration LONGEST_COMPARISON = Duration.ofDays(400);

    private final AcwFigures figures;
    private final LeakRepository leaks;
    private final RestRepository rests;
    private final EffectRepository effects;
    private final Tenancy tenancy;
    private final InstantSource clock;

    public Reports(
            AcwFigures figures,
            LeakRepository leaks,
            RestRepository rests,
            EffectRepository effects,
            Tenancy tenancy,
            InstantSource clock) {
        this.figures = figures;
        this.leaks = leaks;
        this.rests = rests;
        this.effects = effects;
        this.tenancy = tenancy;
        this.clock = clock;
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

    /**
     * How much agents recovered: totals only, and none that few agents stand behind.
     *
     * @param from a Monday
     * @param to   a Monday, the one of this week at most: what goes on is in no total
     * @throws ProblemException FORBIDDEN if the caller's role reads no such report, INVALID for other days
     */
    public RecoveryReport recovery(Caller caller, LocalDate from, LocalDate to, RecoveryReport.By groupBy) {
        caller.require(Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);
        requireMonday("#/from", from);
        requireMonday("#/to", to);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!from.isBefore(to) || to.isAfter(today)) {
            throw ProblemException.invalid("#/to", "must be after from, and not in the future");
        }
        return tenancy.in(
                caller.tenant(), () -> new RecoveryReport(from, to, groupBy, rests.recoveries(from, to, groupBy)));
    }

    /**
     * What drafts save, by contacts that ended from {@code from} on and before {@code to}.
     *
     * @param queue null = all
     * @throws ProblemException FORBIDDEN if the caller's role reads no such report, INVALID for times in the wrong order
     */
    public DraftEffect drafts(Caller caller, Instant from, Instant to, @Nullable String queue) {
        caller.require(Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR);
        if (!from.isBefore(to)) {
            throw ProblemException.invalid("#/to", "must be after from");
        }
        if (Duration.between(from, to).compareTo(LONGEST_COMPARISON) > 0) {
            throw ProblemException.invalid(
                    "#/to", "is more than %d days after from".formatted(LONGEST_COMPARISON.toDays()));
        }
        return tenancy.in(caller.tenant(), () -> {
            tenancy.planByArguments();
            return effects.of(from, to, queue);
        });
    }

    private static void requireMonday(String pointer, LocalDate day) {
        if (day.getDayOfWeek() != DayOfWeek.MONDAY) {
            throw ProblemException.invalid(pointer, "is %s, which is no Monday: weeks are shown whole".formatted(day));
        }
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
