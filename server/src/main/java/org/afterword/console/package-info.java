/**
 * What people look at: the agent panel, the floor board, reports, records and administration.
 *
 * <p>Nobody calls this module. Its pages are server-rendered templates ({@code src/main/jte}) on view records, kept live by
 * htmx and a few small scripts ({@code static/js}); what they change goes through the public API. Uses every module's front
 * door; owns no tables.
 */
@NullMarked
package org.afterword.console;

import org.jspecify.annotations.NullMarked;
