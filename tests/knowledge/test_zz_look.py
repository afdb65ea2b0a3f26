import pytest, pathlib, re, time
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from samrad.areas.models import Area
from samrad.knowledge.drawing import draw_pictures
from tests.cast import signed_in
@pytest.mark.django_db
def test_look(db, client, settings, django_assert_max_num_queries):
    from samrad.access.actor import Actor; Actor.is_anonymous=property(lambda s: False)
    settings.SECURE_SSL_REDIRECT=False
    from samrad.areas.actions import load_structure; from samrad.areas.packaged import packaged_structure; from samrad.areas.rules.kinds import Country; from samrad.access.actor import SYSTEM; from samrad.kernel.clock import now
    load_structure(structure=packaged_structure(Country('dk')),by=SYSTEM,at=now())
    D='src/samrad/knowledge/data/'
    call_command('data','import',D+'dk_straf11_2016_2025.csv.gz','--recipe','dk-straf11')
    call_command('data','import',D+'dk_folk1a_2016_2025.csv','--recipe','dk-folk1a')
    t=time.process_time(); print(draw_pictures(data_set='dk-straf11'), time.process_time()-t)
    c=signed_in(client,__import__('samrad.people.models',fromlist=['Person']).Person.objects.create(name='Ola Prøvesen',email='a@example.org'))
    for name in ('Syddjurs','Aarhus','Læsø'):
        a=Area.objects.get(name=name,kind='municipality',country='dk')
        url=reverse('knowledge:picture',args=[a.ref]); c.get(url,headers={'accept-language':'en'})
        from django.test.utils import CaptureQueriesContext
        from django.db import connection
        with CaptureQueriesContext(connection) as q:
            t=time.process_time(); r=c.get(url,headers={'accept-language':'en'}); print(name,r.status_code,r.headers.get('Location'),len(q),time.process_time()-t, len(r.content))
        h=r.content.decode()
        h=re.sub(r'/static/built/[^"]*\.css','/tmp/wt/picture/src/samrad/ui/static/built/'+[f.name for f in pathlib.Path('src/samrad/ui/static/built').glob('*.css')][0],h); h=re.sub(r'<script[^>]*></script>','',h)
        pathlib.Path(f'/tmp/wt/scratch-charts/page-{name}.html').write_text(h)
    r=c.get(reverse('knowledge:pictures')); print(r.status_code, len(r.content))
