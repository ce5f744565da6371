package org.afterword.catalog.internal;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogChange;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The entries of the catalog one by one. The ETag is the version of the whole, since entries refer to each other. */
@RestController
@RequestMapping("/api/v1/{kind:" + CatalogItemsApi.KINDS + "}")
class CatalogItemsApi {
    /** The paths of all {@link CatalogKind}s, so that no other address is taken for one of them. */
    static final String KINDS = "queues|teams|campaigns|call-types|policies|reasons|dispositions|tags|forms|checklists"
            + "|guides|templates|abbreviations|not-ready-reasons";

    /** All of them: they are few enough for one answer. */
    record ItemList(List<? extends CatalogItem> items) {}

    private final Catalogs catalogs;
    private final Tenancy tenancy;

    CatalogItemsApi(Catalogs catalogs, Tenancy tenancy) {
        this.catalogs = catalogs;
        this.tenancy = tenancy;
    }

    @GetMapping
    ResponseEntity<ItemList> list(@PathVariable String kind, @AuthenticationPrincipal Caller caller) {
        CatalogVersion version = tenancy.in(caller.tenant(), catalogs::current);
        return answer(version, new ItemList(CatalogKind.ofPath(kind).of(version.catalog())));
    }

    @GetMapping("/{code}")
    ResponseEntity<CatalogItem> get(
            @PathVariable String kind, @PathVariable String code, @AuthenticationPrincipal Caller caller) {
        CatalogVersion version = tenancy.in(caller.tenant(), catalogs::current);
        return answer(version, find(CatalogKind.ofPath(kind), code, version.catalog()));
    }

    /** Adds the entry at the end of its list, or replaces it in its place. */
    @PutMapping(path = "/{code}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CatalogItem> put(
            @PathVariable String kind,
            @PathVariable String code,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = CatalogItem.class)))
                    @RequestBody
                    byte[] body,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        CatalogKind list = CatalogKind.ofPath(kind);
        ObjectNode item = CatalogDocument.readItem(body);
        if (item.has("code") && !item.get("code").asString().equals(code)) {
            throw ProblemException.invalid(
                    "#/code",
                    "is '%s', but the address says '%s'"
                            .formatted(item.get("code").asString(), code));
        }
        item.put("code", code);
        CatalogVersion changed = change(present -> with(item, list, present), ifMatch, caller);
        return answer(changed, find(list, code, changed.catalog()));
    }

    @DeleteMapping("/{code}")
    ResponseEntity<Void> delete(
            @PathVariable String kind,
            @PathVariable String code,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        CatalogKind list = CatalogKind.ofPath(kind);
        CatalogVersion changed = change(present -> without(code, list, present), ifMatch, caller);
        return ResponseEntity.noContent().eTag(EntityTag.of(changed)).build();
    }

    private CatalogVersion change(CatalogChange change, @Nullable String ifMatch, Caller caller) {
        return tenancy.in(caller.tenant(), () -> catalogs.change(EntityTag.guarded(ifMatch, change), caller));
    }

    private static Catalog with(ObjectNode item, CatalogKind kind, CatalogVersion present) {
        ObjectNode document = CatalogDocument.tree(present.catalog());
        ArrayNode list = document.withArrayProperty(kind.property());
        int place = indexOf(item.get("code").asString(), kind, present.catalog());
        if (place < 0) {
            list.add(item);
        } else {
            list.set(place, item);
        }
        String root = "#/%s/%d".formatted(kind.property(), place < 0 ? list.size() - 1 : place);
        return CatalogDocument.bind(document, root);
    }

    private static Catalog without(String code, CatalogKind kind, CatalogVersion present) {
        find(kind, code, present.catalog());
        ObjectNode document = CatalogDocument.tree(present.catalog());
        document.withArrayProperty(kind.property()).remove(indexOf(code, kind, present.catalog()));
        return CatalogDocument.bind(document, CatalogDocument.WHOLE);
    }

    private static int indexOf(String code, CatalogKind kind, Catalog catalog) {
        return kind.of(catalog).stream().map(CatalogItem::code).toList().indexOf(code);
    }

    private static CatalogItem find(CatalogKind kind, String code, Catalog catalog) {
        int place = indexOf(code, kind, catalog);
        if (place < 0) {
            throw ProblemException.notFound("entry in " + kind.path(), code);
        }
        return kind.of(catalog).get(place);
    }

    private static <T> ResponseEntity<T> answer(CatalogVersion version, T body) {
        return ResponseEntity.ok().eTag(EntityTag.of(version)).body(body);
    }
}
