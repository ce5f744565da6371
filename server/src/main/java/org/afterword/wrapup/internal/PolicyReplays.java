package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.PolicyProposal;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentProfile;
import org.afterword.desk.Desk;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.LowPriority;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;

/**
 * Reads a period page by page, each in a short transaction of its own, and replays it on a thread that leaves the processors
 * to others; nothing is kept but the figures. What takes longer than anybody waits for an answer stops, and says how far it
 * came, so that the next request goes on from there.
 */
final class PolicyReplays {
    private static final int PAGE = 500;
    private static final int CATALOGS_KEPT = 20;

    private final Tenancy tenancy;
    private final WrapUpRepository wrapUps;
    private final RecordRepository records;
    private final Conversations conversations;
    private final Desk desk;
    private final Catalogs catalogs;
    private final AfterCallRules rules;
    private final LowPriority replaying;
    private final Rush rush;
    private final Duration longest;
    private final InstantSource clock;

    /** @param longest after how long it stops */
    PolicyReplays(
            Tenancy tenancy,
            WrapUpRepository wrapUps,
            RecordRepository records,
            Conversations conversations,
            Desk desk,
            Catalogs catalogs,
            AfterCallRules rules,
            LowPriority replaying,
            Rush rush,
            Duration longest,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.wrapUps = wrapUps;
        this.records = records;
        this.conversations = conversations;
        this.desk = desk;
        this.catalogs = catalogs;
        this.rules = rules;
        this.replaying = replaying;
        this.rush = rush;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * Of the legs that ended from {@code from} on and before {@code to}. Saves nothing.
     *
     * @throws ProblemException FORBIDDEN if the caller's role changes nobody's time, INVALID naming what saving the policies would
     *     refuse
     */
    ReplayReport replay(Caller caller, Instant from, Instant to, PolicyProposal proposal, ReplayGroupBy groupBy) {
        caller.require(Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR);
        if (!from.isBefore(to)) {
            throw ProblemException.invalid("#/to", "must be after from, %s".formatted(from));
        }
        TenantId tenant = caller.tenant();
        CatalogVersion proposed = tenancy.in(tenant, () -> catalogs.proposed(proposal));
        var tally = new ReplayTally(groupBy);
        Instant reached = new Run(tenant, proposed, tally).go(from, to);
        return new ReplayReport(
                from,
                to,
                reached,
                reached.equals(to),
                proposed.number() - 1,
                groupBy,
                tally.totals(),
                tally.groups(),
                tally.examples());
    }

    /** One replay on its way, with what it need not read again. */
    private final class Run {
        private final TenantId tenant;
        private final CatalogVersion proposed;
        private final PolicyReplay replay;
        private final ReplayTally tally;
        private final Map<AgentId, AgentProfile> profiles = new HashMap<>();
        private final Map<Long, CatalogVersion> versions = new LinkedHashMap<>();

        Run(TenantId tenant, CatalogVersion proposed, ReplayTally tally) {
            this.tenant = tenant;
            this.proposed = proposed;
            this.replay = new PolicyReplay(rules, proposed, PolicyReplay.LONGEST_LAG);
            this.tally = tally;
        }

        /** Answers up to which time everything is in the tally. */
        Instant go(Instant from, Instant to) {
            Instant stop = clock.instant().plus(longest);
            Instant until = to;
            var cursor = new WrapUpQuery.Cursor(from, "");
            while (true) {
                List<PastWrapUp> page = page(cursor, until);
                take(page);
                if (page.size() < PAGE) {
                    return until;
                }
                cursor = WrapUpQuery.Cursor.behind(page.getLast().wrapUp());
                Instant next = cursor.openedAt().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
                if (!clock.instant().isBefore(stop) && next.isBefore(until)) {
                    until = next; // what ended together stays together
                }
                letRushPass();
            }
        }

        private void letRushPass() {
            try {
                rush.letPass();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private List<PastWrapUp> page(WrapUpQuery.Cursor cursor, Instant until) {
            return tenancy.in(tenant, () -> {
                tenancy.readOnly();
                tenancy.planByArguments();
                List<WrapUp> ended = wrapUps.ended(tenant, cursor, until, PAGE);
                Map<InteractionId, InteractionDetails> details = details(ended);
                var page = new ArrayList<PastWrapUp>();
                for (WrapUp wrapUp : ended) {
                    page.add(new PastWrapUp(
                            wrapUp,
                            details.getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN),
                            profiles.getOrDefault(wrapUp.agent(), AgentProfile.BLANK),
                            version(wrapUp.fixedPolicy().version())));
                }
                return page;
            });
        }

        private Map<InteractionId, InteractionDetails> details(List<WrapUp> ended) {
            Supplier<Map<InteractionId, InteractionDetails>> details = conversations.details(
                    ended.stream().map(WrapUp::interaction).distinct().toList());
            var unknown = new TreeSet<>(ended.stream().map(WrapUp::agent).toList());
            unknown.removeAll(profiles.keySet());
            profiles.putAll(desk.profiles(unknown).get());
            return details.get();
        }

        /** One that is not there any more chose nobody's policy, so the wrap-up is known otherwise. */
        private CatalogVersion version(long number) {
            CatalogVersion known = versions.get(number);
            if (known != null) {
                return known;
            }
            CatalogVersion found = catalogs.find((int) number).orElse(proposed);
            if (versions.size() == CATALOGS_KEPT) {
                versions.remove(versions.keySet().iterator().next());
            }
            versions.put(number, found);
            return found;
        }

        private void take(List<PastWrapUp> page) {
            List<WindowReplay.Opened> opened =
                    replaying.compute(() -> page.stream().map(replay::opened).toList());
            List<WrapUpId> asked = opened.stream()
                    .filter(PolicyReplay::asksForRecord)
                    .map(window -> window.past().wrapUp().id())
                    .toList();
            Map<WrapUpId, StoredRecord> confirmed = asked.isEmpty()
                    ? Map.of()
                    : tenancy.in(tenant, () -> {
                        tenancy.readOnly();
                        return records.load(tenant, asked).get();
                    });
            replaying.compute(() -> {
                for (WindowReplay.Opened window : opened) {
                    StoredRecord record = confirmed.get(window.past().wrapUp().id());
                    tally.add(window.past(), replay.judge(window, record == null ? null : record.record()));
                }
                return Boolean.TRUE;
            });
        }
    }
}
