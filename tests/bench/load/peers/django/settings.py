"""Settings of the plain Django application: persistent connections, no middleware that the work does not need."""
import os
from urllib.parse import unquote, urlsplit

_address = urlsplit(os.environ.get('DATABASE_URL', 'postgresql://rcms@127.0.0.1/bench_django'))

SECRET_KEY = 'of the benchmark only'
DEBUG = False
ALLOWED_HOSTS = ['127.0.0.1']
ROOT_URLCONF = 'cases.urls'
WSGI_APPLICATION = 'wsgi.application'
INSTALLED_APPS = ['django.contrib.postgres', 'cases']
MIDDLEWARE = ['django.middleware.common.CommonMiddleware']
USE_TZ = True
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': _address.path.lstrip('/'),
        'USER': _address.username,
        'PASSWORD': unquote(_address.password or ''),
        'HOST': _address.hostname,
        'PORT': _address.port,
        'CONN_MAX_AGE': None,
    }
}
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
