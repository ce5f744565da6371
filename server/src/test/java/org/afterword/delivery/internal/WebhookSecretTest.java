package org.afterword.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
    /** The example that the Standard Webhooks libraries test themselves with. */
    @Test
    void signaturesAreThoseOfStandardWebhooks() {
        var secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        String signature = secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aNewSecretHas32BytesAndIsNeverTheSame() {
        var one = WebhookSecret.generate(new SecureRandom());

        assertThat(Base64.getDecoder().decode(one.text().substring("whsec_".length())))
                .hasSize(32);
        assertThat(one).isNotEqualTo(WebhookSecret.generate(new SecureRandom()));
    }

    @Test
    void aSecretDoesNotShowInMessages() {
        assertThat(new WebhookSecret("whsec_aGVsbG8=")).hasToString("whsec_…");
    }
}
