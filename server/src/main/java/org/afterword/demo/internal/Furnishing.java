package org.afterword.demo.internal;

import java.util.List;
import org.afterword.demo.internal.ApiClient.Answer;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an empty tenant the demo's contact center, and gets it going again at each later start. */
final class Furnishing {
    /** The token under which the demo furnishes the tenant; it has to be there before. */
    static final String ADMINISTRATOR = "administrator";

    /** The token under which the demo plays the telephone system. */
    static final String TELEPHONES = "telephones";

    private final ApiClient api;
    private final DemoFolder folder;
    private final People people;
    private final WallClock clock;

    Furnishing(ApiClient api, DemoFolder folder, People people, WallClock clock) {
        this.api = api;
        this.folder = folder;
        this.people = people;
        this.clock = clock;
    }

    /** Catalog, users and tokens, once. What an interrupted first start has made already is left as it is. */
    void furnish() throws InterruptedException {
        if (folder.furnished()) {
            return;
        }
        ApiClient.Session administrator = api.as(() -> folder.token(ADMINISTRATOR));
        Refused.unlessOk("the catalog", administrator.put("/api/v1/catalog", "application/yaml", DemoData.catalog()));
        for (People.SignIn signIn : people.signIns()) {
            ObjectNode user = Json.object()
                    .put("userName", signIn.userName())
                    .put("name", signIn.name())
                    .put("password", folder.password(signIn.userName()))
                    .put("role", signIn.role());
            if (signIn.agentId() != null) {
                user.put("agentId", signIn.agentId());
            }
            Answer answer = administrator.post("/api/v1/users", user);
            if (answer.status() != 409) {
                Refused.unlessOk("user " + signIn.userName(), answer);
            }
        }
        createToken(administrator, TELEPHONES, Json.object().put("role", "integration"));
        for (People.Agent agent : people.simulated()) {
            createToken(
                    administrator,
                    agent.id(),
                    Json.object().put("role", "agent").put("agentId", agent.id()));
        }
        folder.setFurnished();
    }

    private void createToken(ApiClient.Session administrator, String name, ObjectNode token)
            throws InterruptedException {
        Answer answer = administrator.post("/api/v1/tokens", token.put("name", "Demo: " + name));
        folder.setToken(
                name,
                Refused.unlessOk("token " + name, answer).body().path("token").asString());
    }

    /** Ends the calls that were on when the demo stopped, signs everybody in, and makes the simulated agents available. */
    void openTheDoors() throws InterruptedException {
        ApiClient.Session telephones = api.as(() -> folder.token(TELEPHONES));
        var events = new EventFeed(telephones, clock);
        List<String> simulated =
                people.simulated().stream().map(People.Agent::id).toList();
        for (People.Agent agent : people.agents()) {
            JsonNode desk = telephones.get("/api/v1/agents/" + agent.id()).body();
            for (JsonNode leg : desk.path("legs")) {
                if (leg.path("endedAt").isMissingNode()) {
                    String interaction = leg.path("interactionId").asString();
                    events.sendNow(
                            "interaction.ended", interaction, Json.object().put("endedBy", "system"));
                }
            }
            if (desk.path("state").asString("OFFLINE").equals("OFFLINE")) {
                events.sendNow("agent.signed-in", agent.id(), signingIn(agent));
            }
            if (simulated.contains(agent.id())) {
                events.sendNow("agent.ready", agent.id(), Json.object());
            }
        }
    }

    private static ObjectNode signingIn(People.Agent agent) {
        ObjectNode data = Json.object()
                .put("name", agent.name())
                .put("team", agent.team())
                .put("capacity", 1)
                .put("since", agent.since().toString())
                .put("level", agent.level());
        data.set("skills", Json.tree(agent.skills()));
        return data;
    }
}
