package org.afterword.console.internal;

import org.jspecify.annotations.Nullable;

/**
 * The page that asks whose sign-in page is wanted, where the address does not tell.
 *
 * @param name  what was typed before
 * @param error that there is none of this name, in words; null on the first visit
 */
public record OrganizationView(String name, @Nullable String error) {}
