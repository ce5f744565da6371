package org.afterword.fuzz;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.Browser;
import org.afterword.identity.AgentId;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.PostgresDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** After the inputs: what was stored of them can be shown, nothing in the background is stuck, and a call still goes through. */
final class Aftermath {
    /** Consumers of the event log that have not read the last event. */
    private static final String BEHIND = """
            SELECT count(*)
              FROM event_cursor AS c
             WHERE c.tenant_id = ?
               AND EXISTS (SELECT FROM domain_event AS e
                            WHERE e.tenant_id = c.tenant_id AND (e.xid, e.number) > (c.xid, c.number))
            """;

    private static final String WAITING =
            "SELECT count(*) FROM due_work WHERE tenant_id = ? AND (due_at <= now() OR leased_until IS NOT NULL)";
    private static final String RETRIED = """
            SELECT kind || ' ' || id || ', ' || attempts || ' attempts' FROM due_work WHERE tenant_id = ? AND attempts > 1
            """;
    private static final String INTERACTIONS = """
            SELECT interaction_id FROM interaction WHERE tenant_id = ? ORDER BY interaction_id ~ '^[a-z0-9-]*$', interaction_id LIMIT ?
            """;
    private static final String AGENTS = """
            SELECT agent_id FROM agent WHERE tenant_id = ? ORDER BY agent_id ~ '^[a-z0-9-]*$', agent_id LIMIT ?
            """;
    private static final int SHOWN = 250;
    private static final int PATIENT_MINUTES = 10;
    private static final int VIEWERS = 4;

    private static final List<String> LISTS = List.of(
            "/api/v1/wrap-ups?limit=200",
            "/api/v1/agents?limit=200",
            "/api/v1/audit?limit=200",
            "/api/v1/deliveries?limit=200",
            "/api/v1/events/rejected?limit=200");
    private static final List<String> WHOLE = List.of(
            "/api/v1/catalog",
            "/api/v1/users",
            "/api/v1/tokens",
            "/api/v1/webhooks",
            "/api/v1/connectors",
            "/api/v1/queues",
            "/api/v1/policies");
    private static final List<String> GROUPS = List.of(
            "agent",
            "team",
            "queue",
            "campaign",
            "channel",
            "callType",
            "complexity",
            "disposition",
            "interval",
            "hour",
            "day");
    private static final List<String> PAGES =
            List.of("/floor", "/floor/board", "/records", "/reports/acw", "/admin/events", "/admin/deliveries");

    private static final JdbcTemplate OWNER =
            new JdbcTemplate(PostgresDatabase.ofProgram().ownerDataSource());

    private final World world;
    private final ApiClient administrator;
    private final ApiClient supervisor;
    private final String tenant;

    private Aftermath(World world) {
        this.world = world;
        administrator = world.center.as(Role.ADMINISTRATOR);
        supervisor = world.center.as(Role.SUPERVISOR);
        tenant = world.center.id().value();
    }

    static Aftermath of(World world) {
        return new Aftermath(world);
    }

    void check(Findings findings) throws Exception {
        awaitRest(world);
        OWNER.queryForList(RETRIED, String.class, tenant).forEach(work -> findings.add("due work fails: " + work));
        callGoesThrough();
        List<Callable<Void>> looks = new ArrayList<>();
        showApi(findings, looks);
        showPages(findings, looks);
        List<Future<Void>> seen;
        try (ExecutorService viewers = Executors.newFixedThreadPool(VIEWERS)) {
            seen = viewers.invokeAll(looks);
        }
        for (Future<Void> look : seen) {
            look.get();
        }
    }

    /** Returns once consumers of the event log have read it and no work is due. */
    static void awaitRest(World world) throws Exception {
        String tenant = world.center.id().value();
        for (int minute = 1; ; minute++) {
            try {
                Await.until(() -> count(BEHIND, tenant) == 0 && count(WAITING, tenant) == 0);
                return;
            } catch (AssertionError e) {
                if (minute == PATIENT_MINUTES) {
                    throw new AssertionError(
                            "stuck: %d consumers of the event log are behind, %d items of work wait"
                                    .formatted(count(BEHIND, tenant), count(WAITING, tenant)),
                            e);
                }
            }
        }
    }

    private static long count(String sql, String tenant) {
        Long count = OWNER.queryForObject(sql, Long.class, tenant);
        return count == null ? -1 : count;
    }

    private List<String> texts(String sql) {
        return OWNER.query(sql, (rs, n) -> rs.getString(1), tenant, SHOWN);
    }

    private void callGoesThrough() throws Exception {
        world.call("afterwards", "one-who-comes-afterwards");
        Answer found = administrator.get("/api/v1/wrap-ups?interactionId=afterwards");
        if (!found.text("/items/0/agentId").equals("one-who-comes-afterwards")) {
            throw new AssertionError("a call does not end in a wrap-up any more: " + found.body());
        }
    }

    /** Adds what is to be looked at; what the lists hold is read at once. */
    private void showApi(Findings findings, Collection<Callable<Void>> looks) throws Exception {
        List<String> wrapUps = new ArrayList<>();
        for (String list : LISTS) {
            for (JsonNode item : all(list, findings)) {
                if (list.startsWith("/api/v1/wrap-ups")) {
                    wrapUps.add(item.path("id").asString());
                }
            }
        }
        for (String id : wrapUps.subList(0, Math.min(SHOWN, wrapUps.size()))) {
            looks.add(look(administrator, "/api/v1/wrap-ups/" + id, findings));
        }
        for (String path : WHOLE) {
            looks.add(look(administrator, path, findings));
        }
        for (String interaction : texts(INTERACTIONS)) {
            String transcript = "/api/v1/interactions/%s/transcript".formatted(Input.encoded(interaction));
            looks.add(look(supervisor, transcript, findings));
        }
        for (String agent : texts(AGENTS)) {
            looks.add(look(administrator, "/api/v1/agents/" + Input.encoded(agent), findings));
        }
        Instant now = world.clock.instant();
        for (String group : GROUPS) {
            for (String format : List.of("json", "csv")) {
                String report = "/api/v1/reports/acw?from=%s&to=%s&groupBy=%s&format=%s"
                        .formatted(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), group, format);
                looks.add(look(administrator, report, findings));
            }
        }
    }

    private List<JsonNode> all(String list, Findings findings) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            Answer page = shown(administrator.get(list + next), list + next, findings);
            JsonNode body = page.json();
            body.path("items").forEach(items::add);
            next = body.path("next").isString()
                    ? "&cursor=" + Input.encoded(body.path("next").asString())
                    : "";
        } while (!next.isEmpty());
        return items;
    }

    private void showPages(Findings findings, Collection<Callable<Void>> looks) throws Exception {
        Browser supervisor = signedIn("page-supervisor");
        for (Browser browser : List.of(supervisor, signedIn("page-administrator"))) {
            for (String page : PAGES) {
                looks.add(look(browser, page, findings));
            }
        }
        for (String interaction : texts(INTERACTIONS)) {
            looks.add(look(supervisor, "/records/" + Input.encoded(interaction), findings));
        }
        for (String agent : texts(AGENTS)) {
            looks.add(look(supervisor, "/floor/agents/" + Input.encoded(agent), findings));
            looks.add(look(supervisor, "/records?agent=" + Input.encoded(agent), findings));
        }
        for (String group : GROUPS) {
            looks.add(look(supervisor, "/reports/acw?groupBy=" + group, findings));
        }
        for (int i = 0; i < World.ACTING; i++) {
            int number = i;
            looks.add(() -> {
                // an input may have taken the agent's own name for a user
                String name = number == 0 ? "a0" : "page-a" + number;
                if (number > 0) {
                    world.center.newUser(name, Role.AGENT, new AgentId("a" + number));
                }
                Browser agent = signedIn(name);
                for (String page : List.of("/panel", "/panel/live")) {
                    shown(agent.get(page), page, findings);
                }
                return null;
            });
        }
    }

    private Browser signedIn(String person) throws IOException, InterruptedException {
        Browser browser = world.center.browser();
        browser.signIn(person);
        return browser;
    }

    private static Callable<Void> look(ApiClient client, String path, Findings findings) {
        return () -> {
            shown(client.get(path), path, findings);
            return null;
        };
    }

    private static Callable<Void> look(Browser browser, String page, Findings findings) {
        return () -> {
            shown(browser.get(page), page, findings);
            return null;
        };
    }

    private static Answer shown(Answer answer, String path, Findings findings) {
        int status = answer.status();
        if (status != 200 && status != 403) {
            findings.add("what is stored cannot be shown: %d for %s"
                    .formatted(status, path.replaceFirst("cursor=.*", "cursor=")));
        }
        return answer;
    }
}
