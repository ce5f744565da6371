package org.afterword.platform;

import java.util.List;

/** Which tenants there are; implemented by the module that owns them. */
public interface Tenants {
    List<TenantId> list();
}
