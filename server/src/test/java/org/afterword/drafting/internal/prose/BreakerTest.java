package org.afterword.drafting.internal.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.afterword.drafting.internal.prose.ModelSettings.Budget;
import org.afterword.drafting.internal.prose.ModelSettings.Kind;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final LanguageModel model = Notes.model("http://localhost", Kind.ANTHROPIC, 20, Budget.NONE);
    private final Breaker breaker = new Breaker();

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(TENANT, model, NOW);
        }
    }

    private Duration rest() {
        return breaker.restsUntil(TENANT, model, NOW)
                .map(until -> Duration.between(NOW, until))
                .orElse(Duration.ZERO);
    }

    @Test
    void twoFailuresAreNoReasonToRest() {
        fail(2);

        assertThat(rest()).isZero();
    }

    @Test
    void eachFurtherFailureMakesTheRestLonger() {
        fail(3);
        assertThat(rest()).hasSeconds(30);
        fail(1);
        assertThat(rest()).hasSeconds(60);
        fail(20);
        assertThat(rest()).hasMinutes(10);
    }

    @Test
    void anAnswerEndsIt() {
        fail(2);
        breaker.answered(TENANT);
        fail(2);

        assertThat(rest()).isZero();
    }

    @Test
    void aRestThatIsOverIsOver() {
        fail(3);

        assertThat(breaker.restsUntil(TENANT, model, NOW.plusSeconds(30))).isEmpty();
        assertThat(breaker.resting(NOW)).containsExactly(TENANT);
        assertThat(breaker.resting(NOW.plusSeconds(30))).isEmpty();
    }

    @Test
    void changedSettingsAreTriedAtOnce() {
        breaker.usedUp(TENANT, model, NOW);
        assertThat(rest()).hasHours(1);

        var changed = new LanguageModel(model.settings(), model.key(), NOW.plusSeconds(1));
        assertThat(breaker.restsUntil(TENANT, changed, NOW)).isEmpty();
    }
}
