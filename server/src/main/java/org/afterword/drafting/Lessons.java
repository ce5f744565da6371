package org.afterword.drafting;

import org.afterword.drafting.internal.learning.Lesson;
import org.jspecify.annotations.Nullable;

/**
 * What one confirmed record teaches.
 *
 * @param disposition how contacts like this one are disposed of; null = the record does not say
 * @param codes       which reasons and tags such a contact has; null = likewise
 */
public record Lessons(
        @Nullable Lesson disposition, @Nullable Lesson codes) {}
