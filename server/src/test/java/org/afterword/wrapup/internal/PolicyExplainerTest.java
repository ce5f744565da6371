package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.Agent;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.afterword.wrapup.PolicyExplanation;
import org.afterword.wrapup.PolicyExplanation.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyExplainerTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @Test
    void aSettingTellsItsRuleAndSinceWhenAndByWhomItIsWhatItIs() {
        Instant first = floor.clock.instant();
        floor.policy(
                APolicy.of("all", "{'mode': 'TIMEBOXED', 'windowSeconds': 60}"),
                APolicy.of("voice", "{'channel': 'voice'}", "{'windowSeconds': 45, 'warningSeconds': 5}"));
        floor.clock.advance(Duration.ofDays(1));
        Instant second = floor.clock.instant();
        floor.policy(
                APolicy.of("all", "{'mode': 'TIMEBOXED', 'windowSeconds': 60}"),
                APolicy.of("voice", "{'channel': 'voice'}", "{'windowSeconds': 50, 'warningSeconds': 5}"));
        floor.clock.advance(Duration.ofDays(1));

        PolicyExplanation why = explain();

        assertThat(why.rules()).containsExactly("voice", "all");
        assertThat(setting(why, "windowSeconds").value().asInt()).isEqualTo(50);
        assertThat(setting(why, "windowSeconds").source())
                .isEqualTo(new Source("voice", "voice", false, second, "user:ada"));
        // the rule has changed since, this setting has not
        assertThat(setting(why, "warningSeconds").source())
                .isEqualTo(new Source("voice", "voice", false, first, "user:ada"));
        assertThat(setting(why, "mode").source()).isEqualTo(new Source("all", "all", false, first, "user:ada"));
        assertThat(setting(why, "holdShare").source()).isEqualTo(Source.PRODUCT);
    }

    private static PolicyExplanation.Setting setting(PolicyExplanation why, String name) {
        return Objects.requireNonNull(why.settings().get(name), name);
    }

    private PolicyExplanation explain() {
        return floor.tenancy.in(TENANT, () -> {
            var choice = new PolicyChoice(floor.catalogs.current(), Set.of());
            return new PolicyExplainer(floor.catalogs)
                    .explain(choice.choose(new PolicyChoice.Contact(
                            Agent.unknown(new AgentId("ann")), InteractionDetails.UNKNOWN, null, false)));
        });
    }
}
