"""What programs read before they read the data: a Data Package with its Table Schemas, and DCAT. Pure: plain JSON data.

Sources: Data Package standard v2 (datapackage.org), read by v1 tools too; W3C DCAT 3 in the profile DCAT-AP 3;
schema.org/Dataset.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog_pages.open_data.dictionary import FORMAT, Bilingual, Dataset, Field, Reference
from catalog_pages.open_data.licences import Licence

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
_DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/VIE"
_IANA = "https://www.iana.org/assignments/media-types/"
KEYWORDS = (
    Bilingual("Nghị định 335/2025/NĐ-CP", "Decree 335/2025/NĐ-CP"),
    Bilingual("danh mục sản phẩm, công việc", "catalog of products and works"),
    Bilingual("đánh giá công chức", "evaluation of civil servants"),
    Bilingual("dữ liệu mở", "open data"),
)
TITLE = Bilingual(
    "Dữ liệu mở về danh mục sản phẩm, công việc và khung tiêu chí đánh giá",
    "Open data on catalogs of products and works and criteria of evaluation",
)
MEANING = Bilingual(
    "Cơ quan, danh mục sản phẩm và công việc đã công bố theo Nghị định 335/2025/NĐ-CP, khung tiêu chí đánh giá và số "
    "liệu công khai của tỉnh. Không có thông tin cá nhân.",
    "Agencies, catalogs of products and works published under Decree 335/2025/NĐ-CP, criteria frameworks and public "
    "figures of the province. Nothing about persons.",
)


@dataclass(frozen=True)
class CatalogInfo:
    """What the descriptors state besides the data sets.

    ``base`` is the address of the place of open data, of which those of the files are made; ``prefix`` is a day and a
    slash for a day that is over; ``changed`` is in the time of the province; ``since`` is the first day of which there
    is something.
    """

    publisher: str
    licence: Licence
    base: str
    prefix: str
    day: datetime.date
    is_final: bool
    changed: datetime.datetime
    since: datetime.date | None


def data_package(info: CatalogInfo, datasets: Sequence[Dataset]) -> dict[str, Any]:
    """Return ``datapackage.json``: a csv resource for each dataset, in both languages by keys with ``@en``."""
    licence = info.licence
    return {
        "$schema": _PROFILE,
        "name": "thuoc-do-du-lieu-mo",
        "id": f"{info.base}{info.prefix}",
        **_bilingual("title", TITLE),
        **_bilingual("description", MEANING),
        "languages": ["vi", "en"],
        "homepage": info.base,
        "version": f"{info.day:%Y}.{info.day.month}.{info.day.day}",
        "format": FORMAT,
        "final": info.is_final,
        "created": info.changed.isoformat(timespec="seconds"),
        "keywords": [keyword.vi for keyword in KEYWORDS],
        "licenses": [{"name": licence.code, "path": licence.address, **_bilingual("title", licence.title)}],
        "sources": [{"title": f"{info.publisher} – Thước Đo", "path": info.base}],
        "contributors": [
            {"title": info.publisher, "path": info.base, "role": "publisher", "roles": ["publisher"]}
        ],
        "resources": [_resource(dataset, licence) for dataset in datasets],
    }  # fmt: skip


def _resource(dataset: Dataset, licence: Licence) -> dict[str, Any]:
    return {
        "name": dataset.code,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": f"{dataset.code}.csv",
        **_bilingual("title", dataset.title),
        **_bilingual("description", dataset.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [{"name": licence.code, "path": licence.address}],
        "alsoAs": [{"format": kind, "path": f"{dataset.code}.{kind}"} for kind in ("json", "xlsx")],
        "schema": table_schema(dataset),
    }


def table_schema(dataset: Dataset) -> dict[str, Any]:
    """Return the Table Schema of a dataset."""
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in dataset.fields],
        "missingValues": [""],
        "primaryKey": list(dataset.key),
    }
    if dataset.references:
        schema["foreignKeys"] = [_foreign_key(reference) for reference in dataset.references]
    return schema


def _field(field: Field) -> dict[str, Any]:
    unit = _bilingual("unit", field.unit) if field.unit else {}
    constraints = {"constraints": dict(field.constraints)} if field.constraints else {}
    texts = _bilingual("title", field.title) | _bilingual("description", field.meaning)
    return {"name": field.name, "type": field.kind, **texts, **unit, **constraints}


def _foreign_key(reference: Reference) -> dict[str, Any]:
    to = {"resource": reference.dataset, "fields": list(reference.to)}
    return {"fields": list(reference.fields), "reference": to}


def _bilingual(name: str, text: Bilingual) -> dict[str, str]:
    """Return a text in both languages, by the pattern "language support" of Data Package."""
    return {name: text.vi, f"{name}@en": text.en}


# By prefix: an aggregator needs nothing from elsewhere to read it.
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat:accessURL": {"@type": "@id"}, "dcat:downloadURL": {"@type": "@id"}, "dcat:landingPage": {"@type": "@id"},
    "dcat:mediaType": {"@type": "@id"}, "dcat:theme": {"@type": "@id"}, "dct:format": {"@type": "@id"},
    "dct:license": {"@type": "@id"}, "dct:language": {"@type": "@id"}, "dct:accrualPeriodicity": {"@type": "@id"},
    "foaf:homepage": {"@type": "@id"}, "dct:conformsTo": {"@type": "@id"},
}  # fmt: skip


def dcat(info: CatalogInfo, datasets: Sequence[Dataset], media_types: Mapping[str, str]) -> dict[str, Any]:
    """Return the catalog in DCAT as JSON-LD, with a context of its own."""
    publisher = {
        "@id": f"{info.base}#publisher", "@type": "foaf:Agent", "foaf:name": _literal(info.publisher, "vi"),
        "foaf:homepage": info.base,
    }  # fmt: skip
    return {
        "@context": _CONTEXT, "@id": f"{info.base}#catalog", "@type": "dcat:Catalog",
        "dct:title": _literals(TITLE), "dct:description": _literals(MEANING), "dct:publisher": publisher,
        "dct:license": info.licence.address, "dct:language": _LANGUAGE, "foaf:homepage": info.base,
        "dct:modified": _typed(info.changed.isoformat(timespec="seconds"), "dateTime"),
        "dct:spatial": _place(info),
        "dcat:dataset": [_dcat_dataset(info, dataset, media_types) for dataset in datasets],
    }  # fmt: skip


def _dcat_dataset(info: CatalogInfo, dataset: Dataset, media_types: Mapping[str, str]) -> dict[str, Any]:
    described = {
        "@id": f"{info.base}#{dataset.code}", "@type": "dcat:Dataset", "dct:identifier": dataset.code,
        "dct:title": _literals(dataset.title), "dct:description": _literals(dataset.meaning),
        "dct:publisher": {"@id": f"{info.base}#publisher"}, "dct:license": info.licence.address,
        "dct:language": _LANGUAGE, "dct:accrualPeriodicity": _DAILY, "dcat:theme": _THEME,
        "dcat:keyword": [literal for keyword in KEYWORDS for literal in _literals(keyword)],
        "dcat:landingPage": f"{info.base}#{dataset.code}", "dct:spatial": _place(info),
        "dct:modified": _typed(info.changed.isoformat(timespec="seconds"), "dateTime"),
        "dct:conformsTo": f"{info.base}datapackage.json",
        "dcat:distribution": [
            _distribution(info, dataset, kind, media_type) for kind, media_type in media_types.items()
        ],
    }  # fmt: skip
    if info.since:
        first, last = (_typed(day.isoformat(), "date") for day in (info.since, info.day))
        described["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
    return described


def _distribution(info: CatalogInfo, dataset: Dataset, kind: str, media_type: str) -> dict[str, Any]:
    address = f"{info.base}{dataset.code}.{kind}"
    return {
        "@id": address, "@type": "dcat:Distribution", "dct:title": _literal(f"{dataset.title.vi} ({kind})", "vi"),
        "dcat:accessURL": address, "dcat:downloadURL": address, "dct:license": info.licence.address,
        "dct:format": f"{_FILE_TYPES}{kind.upper()}", "dcat:mediaType": f"{_IANA}{media_type}",
    }  # fmt: skip


def search_engine_data(
    info: CatalogInfo, datasets: Sequence[Dataset], media_types: Mapping[str, str]
) -> dict[str, Any]:
    """Return the catalog as schema.org has it, for search engines that look for data."""
    return {
        "@type": "DataCatalog", "name": TITLE.vi, "alternateName": TITLE.en,
        "url": info.base, "description": MEANING.vi, "license": info.licence.address,
        "publisher": {"@type": "GovernmentOrganization", "name": info.publisher, "url": info.base},
        "dataset": [
            {
                "@type": "Dataset", "name": dataset.title.vi, "alternateName": dataset.title.en,
                "description": f"{dataset.meaning.vi} {dataset.meaning.en}", "url": f"{info.base}#{dataset.code}",
                "license": info.licence.address, "isAccessibleForFree": True, "inLanguage": "vi",
                "creator": {"@type": "GovernmentOrganization", "name": info.publisher},
                "distribution": [
                    {"@type": "DataDownload", "encodingFormat": media_type,
                     "contentUrl": f"{info.base}{info.prefix}{dataset.code}.{kind}"}
                    for kind, media_type in media_types.items()
                ],
            }
            for dataset in datasets
        ],
    }  # fmt: skip


def _literals(text: Bilingual) -> list[dict[str, str]]:
    return [_literal(text.vi, "vi"), _literal(text.en, "en")]


def _literal(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _typed(text: str, kind: str) -> dict[str, str]:
    return {"@value": text, "@type": f"xsd:{kind}"}


def _place(info: CatalogInfo) -> dict[str, Any]:
    return {"@type": "dct:Location", "rdfs:label": _literal(f"{info.publisher}, Việt Nam", "vi")}
