"""The project's addresses beside that of the stock bulk create."""

from django.urls import include, path

from tests.benchmarks.test_ingestion_speed import StockBulk

urlpatterns = [path("stock/work/", StockBulk.as_view()), path("", include("cms.urls"))]
