package org.afterword.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.junit.jupiter.api.Test;

class CatalogApiTest {
    final ApiServer.Center center = ApiServer.running().newTenant();
    final ApiClient admin = center.as(Role.ADMINISTRATOR);

    @Test
    void aFreshTenantHasTheStarterCatalogForAllToRead() throws Exception {
        var read = center.asAgent("ann").get("/api/v1/catalog");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.text("/policies/0/settings/mode")).isEqualTo("DISCRETIONARY");
        assertThat(read.text("/policies/0/settings/targetSeconds")).isEqualTo("60");
        assertThat(read.json().at("/dispositions")).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void theDocumentGoesOutAndInInBothNotations() throws Exception {
        var yaml = admin.send(admin.request("/api/v1/catalog").header("Accept", "application/yaml"));
        var renamed = yaml.body().replace("Question answered", "Question was answered");

        var put = putYaml(renamed);
        var json = admin.get("/api/v1/catalog");
        var again = admin.put("/api/v1/catalog", json.body());

        assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body()).isEqualTo(renamed);
        assertThat(json.body()).contains("Question was answered");
        assertThat(again.body()).isEqualTo(json.body());
        assertThat(again.header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void writingIsForAdministrators() throws Exception {
        var supervisor = center.as(Role.SUPERVISOR);

        assertThat(supervisor.put("/api/v1/catalog", "{}").status()).isEqualTo(403);
        assertThat(supervisor.put("/api/v1/tags/X", "{\"label\": \"X\"}").status())
                .isEqualTo(403);
        assertThat(supervisor.delete("/api/v1/tags/UPSET").status()).isEqualTo(403);
        assertThat(supervisor.get("/api/v1/tags").status()).isEqualTo(200);
    }

    @Test
    void twoPoliciesWithTheSameConditionsAreRefused() throws Exception {
        var tie = admin.put("/api/v1/policies/SECOND", "{\"label\": \"Second\"}");

        assertThat(tie.status()).isEqualTo(422);
        assertThat(tie.text("/errors/0/detail"))
                .isEqualTo("policies: 'DEFAULT' and 'SECOND' have the same conditions, so neither could win");
        assertThat(admin.get("/api/v1/policies/SECOND").status()).isEqualTo(404);
    }

    @Test
    void anEntryIsAddedReplacedInItsPlaceAndRemoved() throws Exception {
        var added = admin.put("/api/v1/queues/BILLING", "{\"label\": \"Billing\", \"defaultCallType\": \"BILLING\"}");
        admin.put("/api/v1/queues/SALES", "{\"label\": \"Sales\"}");
        var renamed = admin.put("/api/v1/queues/BILLING", "{\"code\": \"BILLING\", \"label\": \"Money\"}");
        var removed = admin.delete("/api/v1/queues/SALES");
        var listed = admin.get("/api/v1/queues");

        assertThat(added.text("/defaultCallType")).isEqualTo("BILLING");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(removed.status()).isEqualTo(204);
        assertThat(listed.body()).isEqualTo("""
                {"items":[{"code":"BILLING","label":"Money","requiredSkills":[]}]}""");
    }

    @Test
    void aFaultIsNamedAsSeenFromWhatWasSent() throws Exception {
        var unknown = admin.put("/api/v1/policies/P", """
                {"label": "P", "settings": {"mode": "TIMEBOXED", "windowSecs": 60}, "when": {"queue": "Q"}}
                """);
        var otherCode = admin.put("/api/v1/tags/A", "{\"code\": \"B\", \"label\": \"A\"}");
        var noJson = admin.put("/api/v1/tags/A", "{\"label\": ");

        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.text("/errors/0/pointer")).isEqualTo("#/settings/windowSecs");
        assertThat(unknown.text("/errors/0/detail")).startsWith("policies 'P': there is no property 'windowSecs'");
        assertThat(otherCode.text("/errors/0/pointer")).isEqualTo("#/code");
        assertThat(noJson.status()).isEqualTo(400);
        assertThat(noJson.text("/detail")).contains("line 1");
    }

    @Test
    void aPolicyCanOnlyAskForPartsThatARecordHas() throws Exception {
        for (String part : List.of(
                "disposition", "/dispositon", "/summary/0", "/fields/", "/fields/a/b", "/", "", "/fields/a~2")) {
            var refused = admin.put("/api/v1/policies/P", policyAskingFor(part));
            assertThat(refused.status()).as(part).isEqualTo(422);
            assertThat(refused.text("/errors/0/pointer")).startsWith("#");
            assertThat(refused.text("/errors/0/detail")).contains("requiredParts with '" + part + "'");
        }
        for (String part : List.of("/disposition", "/fields", "/fields/amount", "/fields/a~1b")) {
            assertThat(admin.put("/api/v1/policies/P", policyAskingFor(part)).status())
                    .as(part)
                    .isEqualTo(200);
        }
    }

    private static String policyAskingFor(String part) {
        return """
                {"label": "P", "when": {"queue": "Q"}, "settings": {"requiredParts": ["%s"]}}
                """.formatted(part);
    }

    @Test
    void whatIsReferredToCannotBeRemoved() throws Exception {
        var refused = admin.delete("/api/v1/call-types/BILLING");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/detail")).contains("'WRONG_CHARGE' names callType 'BILLING'");
        assertThat(admin.delete("/api/v1/call-types/NONE").status()).isEqualTo(404);
    }

    @Test
    void whoHasSeenAnOldVersionIsToldSo() throws Exception {
        admin.put("/api/v1/tags/A", "{\"label\": \"A\"}");

        var late = admin.send(admin.request("/api/v1/tags/A")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .PUT(BodyPublishers.ofString("{\"label\": \"B\"}")));

        assertThat(late.status()).isEqualTo(412);
        assertThat(admin.get("/api/v1/tags/A").text("/label")).isEqualTo("A");
    }

    private Answer putYaml(String document) throws IOException, InterruptedException {
        return admin.send(admin.request("/api/v1/catalog")
                .header("Content-Type", "application/yaml")
                .header("Accept", "application/yaml")
                .PUT(BodyPublishers.ofString(document)));
    }
}
