/**
 * Who acts, for which tenant, in which role.
 *
 * <p>Start at {@link Caller}, which every request has; {@link Users}, {@link Tokens} and {@link AdminLinks} decide who becomes
 * one, {@link TenantDirectory} knows the tenants, {@link RequestTenant} whose page is asked for. Announces
 * {@link AccessEvent} to each {@link AccessListener} and new tenants to each {@link NewTenantListener}, both in the running
 * transaction. Uses {@code platform}; owns the tables {@code tenant}, {@code app_user}, {@code api_token},
 * {@code admin_link} and those of the sessions.
 */
@NullMarked
package org.afterword.identity;

import org.jspecify.annotations.NullMarked;
