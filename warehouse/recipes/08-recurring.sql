-- Who has to report regularly?
select issuing_unit, recurrence, agency, count(*) as tasks
from v_task_calendar
where recurrence is not null
group by issuing_unit, recurrence, agency
order by count(*) desc, issuing_unit, recurrence, agency
limit 10
