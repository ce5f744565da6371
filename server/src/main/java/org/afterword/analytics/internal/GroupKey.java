package org.afterword.analytics.internal;

import org.jspecify.annotations.Nullable;

/** @param text null for what belongs to no group, such as contacts without a queue */
record GroupKey(@Nullable String text) {}
