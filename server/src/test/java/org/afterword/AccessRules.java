package org.afterword;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.identity.Role;

/**
 * Who may call what: one line for each route. {@link AccessTest} compares it with the program's routes, so that nothing can be
 * added without a line here, and then calls everything as everybody; {@link IsolationTest} calls everything as strangers.
 *
 * <p>The columns: the route; who may ({@code open} = without any sign-in, {@code nobody}, {@code everyone} who is signed in, names of roles,
 * {@code readers} = the roles that read anybody's record, {@code own} = agents for what is their own); how to call it, with
 * ids of {@link FilledCenter} in braces; the body; and which of its markers the answer shows to those who may.
 */
final class AccessRules {
    private static final String TABLE = """
            GET /health/live                            | open          | | |
            GET /health/ready                           | open          | | |
            GET /sign-in                                | open          | | |
            POST /sign-in                               | open          | | username=nobody&password=nothing |
            GET /admin-link/{secret}                    | open          | /admin-link/0123456789abcdef | |
            POST /admin-link/{secret}                   | open          | /admin-link/0123456789abcdef | username=x&password=y |

            POST /sign-out                              | everyone      | | |
            GET /                                       | everyone      | | |
            GET /admin                                  | everyone      | | |
            GET /account                                | everyone      | | |
            POST /account/password                      | everyone      | | present=wrong-one&wanted=short |
            POST /account/sign-out-everywhere           | everyone      | | |
            ANY /error                                  | nobody        | | |
            GET /openapi.json                           | everyone      | | |
            GET /openapi.json.yaml                      | everyone      | | |
            GET /openapi.json/swagger-config            | everyone      | | |
            GET /docs/api                               | everyone      | | |

            GET /panel                                  | own           | | | contact
            GET /panel/{wrapUp}                         | own           | /panel/{openWrapUp} | | contact
            GET /panel/live                             | own           | /panel/live?wrapUp={openWrapUp} | | contact
            GET /floor                                  | supervisor administrator | | | contact
            GET /floor/board                            | supervisor administrator | | | contact
            GET /floor/agents/{agent}                   | supervisor administrator | | | contact
            GET /records                                | own readers   | | | contact
            GET /records/{interaction}                  | own readers   | | | contact
            GET /reports/acw                            | supervisor reviewer coach planner administrator compliance-officer | | | contact
            GET /admin/events                           | administrator | | | setup
            GET /admin/deliveries                       | administrator | | |
            GET /admin/drafts                           | administrator | | |

            GET /metrics                                | administrator integration | | |

            GET /api/v1/agents                          | supervisor planner coach administrator integration | | | contact
            GET /api/v1/agents/{id}                     | own supervisor planner coach administrator integration | /api/v1/agents/{agent} | | contact
            POST /api/v1/agents/{id}/wrap-up-request    | own supervisor administrator integration | /api/v1/agents/{agent}/wrap-up-request | |
            POST /api/v1/agents/{id}/recovery           | own | /api/v1/agents/{agent}/recovery | |
            DELETE /api/v1/agents/{id}/recovery         | own | /api/v1/agents/{agent}/recovery | |
            PUT /api/v1/agents/{id}/state               | own supervisor administrator integration | /api/v1/agents/{agent}/state | {"state": "NOT_READY"} |

            GET /api/v1/wrap-ups                        | own readers integration | | | contact
            GET /api/v1/wrap-ups/{id}                   | own readers integration | /api/v1/wrap-ups/{wrapUp} | | contact
            PATCH /api/v1/wrap-ups/{id}                 | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp} | {"record": {"summary": "Changed."}} |
            POST /api/v1/wrap-ups/{id}/completion       | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/completion | {"record": {"summary": "Changed."}} |
            POST /api/v1/wrap-ups/{id}/reopening        | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/reopening | |
            POST /api/v1/wrap-ups/{id}/extensions       | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/extensions | {"reason": "More time."} |
            POST /api/v1/wrap-ups/{id}/deferral         | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/deferral | {"reason": "Later."} |
            POST /api/v1/wrap-ups/{id}/override         | supervisor administrator | /api/v1/wrap-ups/{wrapUp}/override | {"action": "end", "reason": "Now."} |
            PUT /api/v1/wrap-ups/{id}/call-type         | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/call-type | {"escalated": true} |
            POST /api/v1/wrap-ups/{id}/parts            | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/parts | {"case": {"system": "crm"}} |
            POST /api/v1/wrap-ups/{id}/input            | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/input | |
            GET /api/v1/wrap-ups/{id}/drafts            | own readers integration | /api/v1/wrap-ups/{wrapUp}/drafts | | contact
            POST /api/v1/wrap-ups/{id}/hints            | own supervisor reviewer administrator | /api/v1/wrap-ups/{wrapUp}/hints | {"texts": {"/summary": "Paid $5."}} |
            GET /api/v1/wrap-ups/{id}/policy            | own readers integration | /api/v1/wrap-ups/{wrapUp}/policy | |
            POST /api/v1/wrap-ups/{id}/reveal           | supervisor reviewer compliance-officer | /api/v1/wrap-ups/{wrapUp}/reveal | {"field": "none", "reason": "A test."} |
            GET /api/v1/surges                          | own supervisor reviewer coach planner administrator integration | | |
            PUT /api/v1/surges/{queue}                  | supervisor administrator | /api/v1/surges/somewhere | {"reason": "Rain."} |
            DELETE /api/v1/surges/{queue}               | supervisor administrator | /api/v1/surges/somewhere | |
            GET /api/v1/effective-policy                | supervisor planner coach administrator | | |
            POST /api/v1/policies/replay                | supervisor planner administrator | | {"from": "2000-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z", "changed": [], "groupBy": "queue"} | contact
            POST /api/v1/wrap-ups/{id}/revisions        | own supervisor reviewer administrator integration | /api/v1/wrap-ups/{wrapUp}/revisions | {"record": {"summary": "Revised."}, "reason": "Wrong."} |

            POST /api/v1/interactions                   | own supervisor administrator | | {"channel": "pigeon"} |
            POST /api/v1/interactions/{id}/end          | own supervisor administrator | /api/v1/interactions/{interaction}/end | |
            POST /api/v1/interactions/{id}/separate     | own supervisor administrator | /api/v1/interactions/{interaction}/separate | |
            POST /api/v1/interactions/{id}/join         | own supervisor administrator | /api/v1/interactions/{interaction}/join | {"with": "nothing-of-this-name"} |
            GET /api/v1/interactions/{interactionId}/transcript | own readers | /api/v1/interactions/{interaction}/transcript | | contact
            GET /api/v1/interactions/{interactionId}/recordings/{number} | own readers | /api/v1/interactions/{interaction}/recordings/0 | | contact

            POST /api/v1/events                         | integration administrator | | [] |
            GET /api/v1/events/rejected                 | integration administrator | | | setup
            POST /api/v1/events/rejected/{id}/retry     | administrator | /api/v1/events/rejected/{rejected}/retry | |
            DELETE /api/v1/events/rejected/{id}         | administrator | /api/v1/events/rejected/{rejected} | |

            POST /api/v1/interactions/{interactionId}/segments | integration administrator | /api/v1/interactions/{interaction}/segments?turn=0&speaker=agent | |
            GET /api/v1/transcriptions                  | administrator integration | | |
            GET /api/v1/transcriptions/{id}             | administrator integration | /api/v1/transcriptions/{transcription} | |
            POST /api/v1/transcriptions/{id}/retry      | administrator | /api/v1/transcriptions/{transcription}/retry | |
            POST /api/v1/transcriptions/retry           | administrator | | {"state": "done"} |

            GET /api/v1/routing/eligible                | integration supervisor planner administrator | | | setup
            POST /api/v1/routing/reservations           | integration administrator | | {"interactionId": "somewhere-else"} |
            DELETE /api/v1/routing/reservations/{id}    | integration administrator | /api/v1/routing/reservations/{reservation} | |

            GET /api/v1/reports/acw                     | own supervisor reviewer coach planner administrator compliance-officer | /api/v1/reports/acw?from={from}&to={to}&groupBy=queue | | contact
            GET /api/v1/reports/recovery                | supervisor planner administrator compliance-officer | /api/v1/reports/recovery?from=2026-03-02&to=2026-03-09 | |
            GET /api/v1/reports/drafts                  | supervisor planner administrator | /api/v1/reports/drafts?from={from}&to={to} | |
            GET /api/v1/draft-rollout                   | administrator | | |
            PUT /api/v1/draft-rollout                   | administrator | | {"holdout": 2} |
            GET /api/v1/draft-quality                   | administrator | /api/v1/draft-quality?from=2026-03-02&to=2026-03-09 | |
            GET /api/v1/draft-outcomes                  | administrator | /api/v1/draft-outcomes?from={from}&to={to} | |
            GET /api/v1/stream                          | own supervisor reviewer coach planner administrator integration | | |
            GET /api/v1/audit                           | compliance-officer administrator | | | setup

            GET /api/v1/catalog                         | everyone      | | | setup
            PUT /api/v1/catalog                         | administrator | | {"tags": 1} |
            GET /api/v1/{kind}                          | everyone      | /api/v1/tags | | setup
            GET /api/v1/{kind}/{code}                   | everyone      | /api/v1/tags/{tag} | | setup
            PUT /api/v1/{kind}/{code}                   | administrator | /api/v1/tags/{tag} | {"label": 1} |
            DELETE /api/v1/{kind}/{code}                | administrator | /api/v1/tags/{tag} | |

            GET /api/v1/users                           | administrator | | | setup
            POST /api/v1/users                          | administrator | | {"name": "Nobody"} |
            GET /api/v1/users/{userId}                  | administrator | /api/v1/users/{user} | | setup
            PATCH /api/v1/users/{userId}                | administrator | /api/v1/users/{user} | {"name": "Somebody"} |
            GET /api/v1/tokens                          | administrator | | | setup
            POST /api/v1/tokens                         | administrator | | {"name": "Nothing"} |
            DELETE /api/v1/tokens/{tokenId}             | administrator | /api/v1/tokens/{token} | |

            GET /api/v1/connectors                      | administrator | | | setup
            GET /api/v1/connectors/{id}                 | administrator | /api/v1/connectors/{webhook} | | setup
            PUT /api/v1/connectors/{id}                 | administrator | /api/v1/connectors/{webhook} | {"enabled": false} |
            POST /api/v1/connectors/{id}/test           | administrator | /api/v1/connectors/{webhook}/test | |
            GET /api/v1/webhooks                        | administrator | | | setup
            POST /api/v1/webhooks                       | administrator | | {"url": "no address"} |
            DELETE /api/v1/webhooks/{id}                | administrator | /api/v1/webhooks/{webhook} | |
            POST /api/v1/webhooks/{id}/test             | administrator | /api/v1/webhooks/{webhook}/test | |
            GET /api/v1/language-model                  | administrator | | | setup
            PUT /api/v1/language-model                  | administrator | | {"url": "no address"} |
            POST /api/v1/language-model/test            | administrator | | |
            GET /api/v1/deliveries                      | administrator supervisor compliance-officer integration | /api/v1/deliveries?state=delivered | |
            GET /api/v1/deliveries/{id}                 | administrator supervisor compliance-officer integration | /api/v1/deliveries/{delivery} | |
            POST /api/v1/deliveries/{id}/retry          | administrator | /api/v1/deliveries/{delivery}/retry | |
            """;

    /** Answered by filters before any route is looked for. */
    static final Set<String> OF_FILTERS = Set.of("POST /sign-out");

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)\\}");

    private AccessRules() {}

    /** What a marker in the answer tells of. */
    enum Shows {
        NOTHING,
        CONTACT,
        SETUP
    }

    /**
     * One line of the table.
     *
     * @param route method and path, with names in braces for what varies
     * @param open  nobody has to be signed in
     * @param own   agents may, each for what is its own
     * @param roles who may, agents left out
     * @param call  the path to call, still with the names of ids in braces
     * @param body  empty = none
     */
    record Rule(String route, boolean open, boolean own, Set<Role> roles, String call, String body, Shows shows) {
        static Rule parse(String line) {
            String[] cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            List<String> who = List.of(cells[1].split(" +"));
            var roles = EnumSet.noneOf(Role.class);
            for (String name : who) {
                switch (name) {
                    case "open", "own", "nobody" -> {}
                    case "everyone" -> roles.addAll(EnumSet.allOf(Role.class));
                    case "readers" ->
                        Arrays.stream(Role.values()).filter(Role::readsRecords).forEach(roles::add);
                    default -> roles.add(Role.parse(name));
                }
            }
            String route = cells[0].replaceAll(" +", " ");
            return new Rule(
                    route,
                    who.contains("open"),
                    who.contains("own"),
                    roles,
                    cells[2].isEmpty() ? route.substring(route.indexOf(' ') + 1) : cells[2],
                    cells[3],
                    cells.length < 5 || cells[4].isEmpty()
                            ? Shows.NOTHING
                            : Shows.valueOf(cells[4].toUpperCase(java.util.Locale.ROOT)));
        }

        String method() {
            String name = route.substring(0, route.indexOf(' '));
            return name.equals("ANY") ? "GET" : name;
        }

        boolean changes() {
            return !method().equals("GET");
        }

        boolean api() {
            return route.contains(" /api/") || route.endsWith(" /openapi.json") || route.endsWith(" /metrics");
        }

        boolean streams() {
            return route.endsWith("/stream");
        }

        boolean admits(Role role) {
            return open || roles.contains(role) || own && role == Role.AGENT;
        }

        /** The path with {@code ids} put in. */
        String path(Map<String, String> ids) {
            return VARIABLE.matcher(call).replaceAll(found -> {
                String id = ids.get(found.group(1));
                if (id == null) {
                    throw new IllegalArgumentException("no id for {%s} of %s".formatted(found.group(1), route));
                }
                return Matcher.quoteReplacement(id);
            });
        }

        /** Whether the call names something by its id. */
        boolean namesSomething() {
            String path = call.contains("?") ? call.substring(0, call.indexOf('?')) : call;
            return VARIABLE.matcher(path).find();
        }

        String contentType() {
            if (route.equals("POST /api/v1/events")) {
                return "application/cloudevents-batch+json";
            }
            return api() ? "application/json" : "application/x-www-form-urlencoded";
        }

        @Override
        public String toString() {
            return route;
        }
    }

    static List<Rule> all() {
        return TABLE.lines().filter(line -> !line.isBlank()).map(Rule::parse).toList();
    }

    static Set<String> routes() {
        return all().stream().map(Rule::route).collect(Collectors.toSet());
    }
}
