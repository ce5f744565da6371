package org.afterword.drafting.internal.prose;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's language model.
 *
 * @param key       null where the endpoint asks for none
 * @param changedAt when somebody set it up as it is
 */
record LanguageModel(ModelSettings settings, @Nullable ApiKey key, Instant changedAt) {}
