package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.conversation.Channel;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.Agent;
import org.afterword.wrapup.WrapUpPolicy;
import org.junit.jupiter.api.Test;

class PolicyChoiceTest {
    private static final PolicyRule EVERYONE = APolicy.of(
            "everyone",
            "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'warningSeconds': 15, 'requiredParts': ['/summary']}");
    private static final PolicyRule BANK =
            APolicy.of("bank", "{'queue': 'bank'}", "{'windowSeconds': 90}", "{'windowSeconds': 40}");
    private static final PolicyRule CLAIMS =
            APolicy.of("claims", "{'callType': 'CLAIM'}", "{'requiredParts': ['/summary', '/nextSteps']}");

    @Test
    void aRuleSaysWhatItSaysAndLeavesTheRestToThoseThatRankLower() {
        WrapUpPolicy policy = choose(Set.of(), "bank", "CLAIM", EVERYONE, BANK, CLAIMS);

        assertThat(policy.rules()).containsExactly("claims", "bank", "everyone");
        assertThat(policy.requiredParts()).containsExactly("/summary", "/nextSteps");
        assertThat(policy.window(Set.of())).hasSeconds(90);
        assertThat(policy.warning()).hasSeconds(15);
        assertThat(policy.holdShare()).isEqualTo(1.0);
    }

    @Test
    void theSurgeVariantHoldsWhileItsQueueSurges() {
        WrapUpPolicy surging = choose(Set.of("bank"), "bank", null, EVERYONE, BANK);
        WrapUpPolicy other = choose(Set.of("travel"), "bank", null, EVERYONE, BANK);

        assertThat(surging.surge()).isTrue();
        assertThat(surging.window(Set.of())).hasSeconds(40);
        assertThat(other.surge()).isFalse();
        assertThat(other.window(Set.of())).hasSeconds(90);
    }

    @Test
    void whereNoRuleMatchesTheProductsOwnSettingsHold() {
        WrapUpPolicy policy = choose(Set.of(), "travel", null, BANK);

        assertThat(policy.rule()).isEqualTo("default");
        assertThat(policy.settings()).isEqualTo(PolicySettings.DEFAULT);
    }

    @Test
    void ofRulesThatRankAlikeTheOneWithMoreConditionsWinsAndThenTheSmallerCode() {
        var narrow = APolicy.of("z", "{'queue': 'bank', 'channel': 'voice'}", "{'windowSeconds': 1}");
        var skilled = APolicy.of("b", "{'queue': 'bank', 'direction': 'inbound'}", "{'windowSeconds': 2}");

        assertThat(choose(Set.of(), "bank", null, BANK, narrow, skilled).rules())
                .containsExactly("b", "z", "bank");
    }

    /** In whatever order the rules stand in the catalog, the same policy follows. */
    @Property(tries = 200)
    void theOrderInTheCatalogDoesNotMatter(@ForAll("orders") List<PolicyRule> order) {
        assertThat(choose(Set.of(), "bank", "CLAIM", order.toArray(PolicyRule[]::new)))
                .isEqualTo(choose(Set.of(), "bank", "CLAIM", EVERYONE, BANK, CLAIMS));
    }

    @Provide
    Arbitrary<List<PolicyRule>> orders() {
        return Arbitraries.shuffle(EVERYONE, BANK, CLAIMS);
    }

    private static WrapUpPolicy choose(
            Set<String> surging,
            String queue,
            @org.jspecify.annotations.Nullable String callType,
            PolicyRule... rules) {
        var choice = new PolicyChoice(new CatalogVersion(1, catalog(rules)), surging);
        var details = new InteractionDetails(Channel.VOICE, Direction.INBOUND, queue, null, null, null, null, Map.of());
        return choice.choose(
                new PolicyChoice.Contact(Agent.unknown(PureDesk.agentId("ann")), details, callType, false));
    }

    static Catalog catalog(PolicyRule... rules) {
        return new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new ArrayList<>(List.of(rules)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
