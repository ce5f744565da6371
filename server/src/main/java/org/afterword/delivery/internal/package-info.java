/** The outbox and its worker, one {@link org.afterword.delivery.internal.Outlet} for each kind of connector, and their API. */
@NullMarked
package org.afterword.delivery.internal;

import org.jspecify.annotations.NullMarked;
