package org.afterword.drafting.internal.prose;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.afterword.drafting.internal.prose.LanguageModelRepository.Use;
import org.afterword.drafting.internal.prose.ModelSettings.Budget;
import org.afterword.identity.TenantDirectory;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps a tenant's language model within its budgets: each call books the most that it can take before it is made, and gives back
 * what it did not take. So calls at the same time, on any node, take no more than there is; what a node that died had booked stays booked.
 */
@Component
class Ledger {
    /**
     * @param day     for which it counts
     * @param refusal why there is no call; null where it is booked
     */
    record Booking(LocalDate day, Spent most, @Nullable String refusal) {}

    private final Tenancy tenancy;
    private final TenantDirectory tenants;
    private final LanguageModelRepository models;
    private final InstantSource clock;

    Ledger(Tenancy tenancy, TenantDirectory tenants, LanguageModelRepository models, InstantSource clock) {
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.models = models;
        this.clock = clock;
    }

    Booking book(TenantId tenant, ModelSettings settings, Spent most) {
        return tenancy.in(tenant, () -> {
            models.lock();
            LocalDate today = today(tenant);
            BigDecimal money = settings.money(most);
            String refusal = objection("day", settings.daily(), models.use(today, today), most, money)
                    .or(() -> objection(
                            "month", settings.monthly(), models.use(today.withDayOfMonth(1), today), most, money))
                    .orElse(null);
            if (refusal == null) {
                models.add(today, new Use(1, most, money));
            }
            return new Booking(today, most, refusal);
        });
    }

    private static Optional<String> objection(String span, Budget budget, Use use, Spent more, BigDecimal money) {
        if (budget.tokens() != null && use.spent().tokens() + more.tokens() > budget.tokens()) {
            return Optional.of("the budget of tokens for this %s is used up".formatted(span));
        }
        if (budget.money() != null && use.money().add(money).compareTo(budget.money()) > 0) {
            return Optional.of("the budget of money for this %s is used up".formatted(span));
        }
        if (budget.seconds() != null && use.spent().time().plus(more.time()).toMillis() > budget.seconds() * 1000) {
            return Optional.of("the budget of time for this %s is used up".formatted(span));
        }
        return Optional.empty();
    }

    /** Gives back what was booked and not taken; or takes what is more, where an endpoint counts otherwise. */
    void settle(TenantId tenant, ModelSettings settings, Booking booking, Spent spent) {
        tenancy.run(
                tenant,
                () -> models.add(
                        booking.day(),
                        new Use(
                                0,
                                spent.minus(booking.most()),
                                settings.money(spent).subtract(settings.money(booking.most())))));
    }

    /** What was taken so far, in the running transaction. */
    record Taken(Use today, Use month) {}

    Taken taken(TenantId tenant) {
        LocalDate today = today(tenant);
        return new Taken(models.use(today, today), models.use(today.withDayOfMonth(1), today));
    }

    private LocalDate today(TenantId tenant) {
        return clock.instant().atZone(tenants.find(tenant).orElseThrow().zone()).toLocalDate();
    }
}
