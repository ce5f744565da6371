package org.afterword.identity;

import org.afterword.platform.TenantId;

/** Beans of this type give a new tenant what it begins with. */
public interface NewTenantListener {
    /** Called in the tenant's first transaction; if it throws, the tenant does not come to be. */
    void created(TenantId tenant);
}
