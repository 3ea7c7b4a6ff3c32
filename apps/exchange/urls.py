"""Addresses of imports and of the spellings that wait to be mapped."""

from django.urls import path

from apps.exchange.views import imports, mapping, uploading

urlpatterns = [
    path("imports/", imports.import_index, name="import_index"),
    path("imports/new", uploading.import_new, name="import_new"),
    path("imports/batch/<slug:batch>/", uploading.import_batch, name="import_batch"),
    path("imports/batch/<slug:batch>/apply", uploading.import_batch_apply, name="import_batch_apply"),
    path("imports/<int:import_id>/", imports.import_detail, name="import_detail"),
    path("imports/<int:import_id>/progress", imports.import_progress, name="import_progress"),
    path("imports/<int:import_id>/decide", imports.import_decide, name="import_decide"),
    path("imports/<int:import_id>/apply", imports.import_apply, name="import_apply"),
    path("imports/<int:import_id>/dismiss", imports.import_dismiss, name="import_dismiss"),
    path("imports/<int:import_id>/undo", imports.import_undo, name="import_undo"),
    path("imports/<int:import_id>/reopen", imports.import_reopen, name="import_reopen"),
    path("imports/<int:import_id>/cancel", imports.import_cancel, name="import_cancel"),
    path("imports/<int:import_id>/retry", imports.import_retry, name="import_retry"),
    path("map/", mapping.map_index, name="map_index"),
    path("map/choose", mapping.map_choose, name="map_choose"),
    path("map/ignore", mapping.map_ignore, name="map_ignore"),
    path("map/undo", mapping.map_undo, name="map_undo"),
]
