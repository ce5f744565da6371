package org.afterword.drafting.internal.proof;

import java.util.Optional;
import org.afterword.drafting.Rollout;
import org.afterword.platform.TenantId;
import org.springframework.stereotype.Component;

/** How contacts are drawn now; in the running tenant's transaction. */
@Component
public class Draws {
    private final ProofRepository proof;

    Draws(ProofRepository proof) {
        this.proof = proof;
    }

    public Draw of(TenantId tenant) {
        Optional<ProofRepository.Settings> settings = proof.settings(tenant);
        return new Draw(
                settings.map(ProofRepository.Settings::rollout).orElse(Rollout.NONE),
                settings.isPresent(),
                settings.map(ProofRepository.Settings::salt).orElse(""),
                proof.earned(tenant));
    }
}
